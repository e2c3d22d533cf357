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

    /// - Returns: unknown where crm_verify fails, is killed, or says nothing that makes sense.
    public func complaints(about wanted: CIB, insteadOf live: CIB) async -> Known<[String]> {
        let after = await verify(wanted)
        guard case .known(let lines) = after, !lines.isEmpty else { return after }
        switch await verify(live) {
        case .unknown(let reason): return .unknown(reason)
        case .known(let before):
            let former = Set(before)
            return .known(lines.filter { !former.contains($0) })
        }
    }

    private func verify(_ cib: CIB) async -> Known<[String]> {
        do {
            try scratch.write(cib.document(), to: "/verify.xml", mode: 0o600)
            defer { try? scratch.remove("/verify.xml") }
            let command = Command(
                "crm_verify", ["--verbose", "--verbose", "--xml-file", scratch.location(of: "/verify.xml")], limit: .seconds(120))
            return Self.opinion(try await command.run())
        } catch {
            return .unknown("\(error)")
        }
    }

    /// Exit code 78 is CRM_EX_CONFIG, "Invalid configuration" (crm_error(8)). Warnings explain it; without it they are none of ours.
    private static func opinion(_ output: Output) -> Known<[String]> {
        let lines = (output.error + "\n" + output.text).split(whereSeparator: \.isNewline).map { String($0).terminalSafe }
        switch output.status {
        case .exited(0): return .known(lines.filter { $0.contains("error:") })
        case .exited(78):
            let reasons = lines.filter { $0.contains("error:") || $0.contains("warning:") || $0.contains("validity error") }
            return .known(reasons.isEmpty ? [output.lastLines()] : reasons)
        default: return .unknown("\(output.status) of \(output.command.line)\n\(output.lastLines())")
        }
    }
}
