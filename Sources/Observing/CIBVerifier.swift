public import CIB
internal import Diagnostics
internal import Host
public import LiveState

/// Asks crm_verify what it has against a new CIB, and not already against the one before it. Both with the live status, where it was kept: without it
/// every node is one that nobody has seen, and fencing can't be switched on.
public struct CIBVerifier: Sendable {
    private let scratch: FileTree
    private static let file = "/verify.xml"

    private let program: String

    /// - Parameter scratchDirectory: for the files that it reads.
    public init(scratchDirectory: String) { self.init(scratchDirectory: scratchDirectory, program: "crm_verify") }

    init(scratchDirectory: String, program: String) {
        scratch = FileTree(root: scratchDirectory)
        self.program = program
    }

    /// What it says of one CIB, or of one that it does not say of another.
    public struct Remarks: Hashable, Sendable {
        /// For these it finds the CIB wrong, or passes over a part of it.
        public var errors: [String] = []
        /// These it only has a word about: a spelling that will go, say.
        public var warnings: [String] = []

        public init(errors: [String] = [], warnings: [String] = []) {
            self.errors = errors
            self.warnings = warnings
        }
    }

    /// - Parameters:
    ///   - live: what is there; nil: all that it says counts.
    ///   - deleted: resources that go: they are stopped before the transaction, and no orphans of it.
    /// - Returns: unknown where crm_verify fails, is killed, or says nothing that makes sense.
    public func remarks(on wanted: CIB, insteadOf live: CIB?, deleting deleted: Set<String> = []) async -> Known<Remarks> {
        let after = await verify(wanted)
        guard let live, case .known(let remarks) = after, remarks != Remarks() else { return after }
        return await verify(live).map { before in
            let former = Set(before.errors + before.warnings)
            let isNews = { (line: String) in !former.contains(line) && !Self.isOrphan(line, among: deleted) }
            return Remarks(errors: remarks.errors.filter(isNews), warnings: remarks.warnings.filter(isNews))
        }
    }

    /// `Detected active orphan web running on alpha`, `ocf resource web might be active on 2 nodes`, `Resource 'web' must be stopped manually`
    /// where its stop has failed: while it runs, and not any more when the transaction is made.
    private static func isOrphan(_ line: String, among deleted: Set<String>) -> Bool {
        line.split { " :\t,'\"".contains($0) }.contains { deleted.contains(String($0)) }
    }

    private func verify(_ cib: CIB) async -> Known<Remarks> {
        do {
            try scratch.makeDirectory("/", mode: 0o700)
            try scratch.write(cib.document(), to: Self.file, mode: 0o600)
            defer { try? scratch.remove(Self.file) }
            let command = Command(
                program, ["--verbose", "--verbose", "--xml-file", scratch.location(of: Self.file)], limit: .seconds(120))
            return remarks(try await command.run())
        } catch {
            return .unknown("\(error)")
        }
    }

    /// Exit code 78 is CRM_EX_CONFIG, "Invalid configuration" (crm_error(8)), and stands for warnings too. An error may stand beside a 0: a date
    /// that can't be read, a list that is taken over and not there.
    private func remarks(_ output: Output) -> Known<Remarks> {
        let lines = (output.error + "\n" + output.text).split(whereSeparator: \.isNewline).map {
            withoutPlace(String($0.filter { $0 != "\t" }).terminalSafe)
        }
        let remarks = Remarks(
            errors: lines.filter { $0.contains("error:") || $0.contains("validity error") }.uniqued,
            warnings: lines.filter { $0.contains("warning:") }.uniqued)
        switch output.status {
        case .exited(0): return .known(remarks)
        case .exited(78) where remarks != Remarks(): return .known(remarks)
        case .exited(78) where output.error.contains("found during check"): return .known(Remarks(errors: [output.lastLines()]))
        default: return .unknown("\(output.status) of \(output.command.line)\n\(output.lastLines())")
        }
    }

    /// `/…/verify.xml:12: element role: validity error : …`: a line of a file that nobody sees, and another one as soon as anything changes before it.
    private func withoutPlace(_ line: String) -> String {
        let place = scratch.location(of: Self.file) + ":"
        guard line.hasPrefix(place) else { return line }
        return String(line.dropFirst(place.count).drop { $0.isNumber }.drop { $0 == ":" || $0 == " " })
    }
}

extension [String] {
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
