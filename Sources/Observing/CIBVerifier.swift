public import CIB
internal import Diagnostics
internal import Host
public import LiveState

/// Asks crm_verify what it has against a new CIB, and not already against the one before it. Both with the live status, where it was kept: without it
/// every node is one that nobody has seen, and fencing can't be switched on.
public struct CIBVerifier: Sendable {
    private let scratch: FileTree

    /// - Parameter scratchDirectory: for the files that it reads.
    public init(scratchDirectory: String) { scratch = FileTree(root: scratchDirectory) }

    /// - Parameter deleted: resources that go: they are stopped before the transaction, and no orphans of it.
    /// - Returns: unknown where crm_verify fails, is killed, or says nothing that makes sense.
    public func complaints(about wanted: CIB, insteadOf live: CIB, deleting deleted: Set<String> = []) async -> Known<[String]> {
        let after = await verify(wanted)
        guard case .known(let remarks) = after, !remarks.objections.isEmpty else { return after.map { _ in [] } }
        switch await verify(live) {
        case .unknown(let reason): return .unknown(reason)
        case .known(let before):
            let former = Set(before.all)
            return .known(remarks.objections.filter { !former.contains($0) && !Self.isOrphan($0, among: deleted) })
        }
    }

    /// `Detected active orphan web running on alpha`, `ocf resource web might be active on 2 nodes`, `Resource 'web' must be stopped manually`
    /// where its stop has failed: while it runs, and not any more when the transaction is made.
    private static func isOrphan(_ line: String, among deleted: Set<String>) -> Bool {
        line.split { " :\t,'\"".contains($0) }.contains { deleted.contains(String($0)) }
    }

    /// What it says of one CIB.
    private struct Remarks {
        /// Errors and warnings.
        let all: [String]
        /// Those for which it finds the CIB wrong.
        let objections: [String]
    }

    private func verify(_ cib: CIB) async -> Known<Remarks> {
        do {
            try scratch.makeDirectory("/", mode: 0o700)
            try scratch.write(cib.document(), to: "/verify.xml", mode: 0o600)
            defer { try? scratch.remove("/verify.xml") }
            let command = Command(
                "crm_verify", ["--verbose", "--verbose", "--xml-file", scratch.location(of: "/verify.xml")], limit: .seconds(120))
            return Self.remarks(try await command.run())
        } catch {
            return .unknown("\(error)")
        }
    }

    /// Exit code 78 is CRM_EX_CONFIG, "Invalid configuration" (crm_error(8)): then warnings are reasons too. An error may stand beside a 0.
    private static func remarks(_ output: Output) -> Known<Remarks> {
        let lines = (output.error + "\n" + output.text).split(whereSeparator: \.isNewline).map { String($0).terminalSafe }
        let all = lines.filter { $0.contains("error:") || $0.contains("warning:") || $0.contains("validity error") }
        switch output.status {
        case .exited(0): return .known(Remarks(all: all, objections: all.filter { $0.contains("error:") }))
        case .exited(78): return .known(Remarks(all: all, objections: all.isEmpty ? [output.lastLines()] : all))
        default: return .unknown("\(output.status) of \(output.command.line)\n\(output.lastLines())")
        }
    }
}
