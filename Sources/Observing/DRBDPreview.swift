internal import ClusterModel
internal import DRBDSyntax
internal import Diagnostics
public import Host
public import LiveState
internal import Planning
public import Repository
public import Steps

/// Asks drbdadm what it thinks of a new configuration, before any of it is in place.
///
/// The whole of the host's DRBD configuration is laid out in a directory of its own, with the commit's files in it:
/// drbdadm finds clashes between files only when it sees all of them. It is laid out as one file, which costs next to nothing; where
/// drbdadm takes offence at that, it is asked again about the files as they are, whose names people know.
public struct DRBDPreview: Sendable {
    private let directory: String
    private let files: FileTree
    private let environment: [String: String]
    private let isOnHost: Bool
    private var candidate = DRBDCandidate()
    private var configuration = oneFile

    private static let oneFile = "all.conf"
    private static let eachFile = "drbd.conf"

    /// - Parameters:
    ///   - directory: is emptied and filled; it belongs to the preview alone.
    ///   - isOnHost: whether this machine is the host. On another one nothing can be said of the addresses.
    ///   - node: the name to look for in `on` sections, where it isn't the name of this machine.
    public init(directory: String, isOnHost: Bool, node: String? = nil) {
        self.directory = directory
        self.isOnHost = isOnHost
        files = FileTree(root: directory)
        environment = node.map { ["__DRBD_NODE__": $0] } ?? [:]
    }

    /// Lays the candidate out, with what drbdadm reads elsewhere on the host in a file of its own: nothing has to be included
    /// from there, where it would be the old that is read.
    public mutating func prepare(_ live: LiveFiles, with changes: [FileChange], under policy: Policy) throws(FileError) {
        try FileTree().removeAll(directory)
        try FileTree().makeDirectory(directory, mode: 0o700)
        candidate = DRBDCandidate(live, with: changes, under: policy, like: candidate)
        configuration = Self.oneFile
        if let text = candidate.joined { try write(text, to: configuration) } else { try layOut() }
    }

    /// Each file by itself.
    private mutating func layOut() throws(FileError) {
        configuration = Self.eachFile
        for (name, text) in candidate.files { try write(text, to: name) }
        try write(Array(candidate.includes.utf8), to: configuration)
    }

    /// For drbdadm alone, and not for longer than it takes: a power failure may have it.
    private func write(_ bytes: [UInt8], to name: String) throws(FileError) { try files.create("/" + name, with: bytes, mode: 0o600) }

    /// Takes the candidate away: it holds secrets.
    public func clear() { try? FileTree().removeAll(directory) }

    /// What is wrong with the candidate, in drbdadm's words; unknown where drbdadm fails without naming a place, or is killed.
    public mutating func complaints() async -> Known<[String]> {
        do {
            // A dump looks at the host's addresses; what is inherited, drbdadm of 9 brings together for any other command only.
            for question in isOnHost ? [["dump", "all"], ["sh-nop"]] : [["sh-nop"]] {
                let output = try await ask(question)
                guard !output.succeeded else { continue }
                let remarks = self.remarks(output)
                return remarks.namesLine
                    ? .known([shown(remarks)]) : .unknown("\(output.status) of \(output.command.line)\n\(shown(remarks))")
            }
            return .known([])
        } catch {
            return .unknown("\(error)")
        }
    }

    /// What looks at disks as the candidate names them.
    public var disks: DRBDDisks { DRBDDisks(configuration: ["--config-file", "\(directory)/\(configuration)"], environment: environment) }

    private func remarks(_ output: Output) -> DRBDRemarks {
        DRBDRemarks(output.error.contains { !$0.isWhitespace } ? output.error : output.text, in: directory, calling: candidate.titles)
    }

    private func shown(_ remarks: DRBDRemarks) -> String { candidate.concealment.concealing(remarks.text) }

    /// The commands that `drbdadm adjust` would run for each of the resources; none for one that is in sync already.
    ///
    /// As a rule most are, which one question for all of them tells.
    public mutating func adjustments(of resources: [String]) async throws -> [String: [String]] {
        guard let first = resources.first else { return [:] }
        guard resources.count > 1 else { return [first: try await adjustment(of: first)] }
        let output = try await drbdadm(["--dry-run", "adjust"] + resources).run()
        if output.succeeded, output.bytes.isEmpty { return Dictionary(resources.map { ($0, []) }, uniquingKeysWith: { first, _ in first }) }
        var all: [String: [String]] = [:]
        let share = (resources.count + 7) / 8
        for start in stride(from: 0, to: resources.count, by: share) {
            all.merge(try await adjustments(of: Array(resources[start..<min(start + share, resources.count)]))) { first, _ in first }
        }
        return all
    }

    /// The same for one.
    public mutating func adjustment(of resource: String) async throws -> [String] {
        let output = try await ask(["--dry-run", "adjust", resource])
        guard output.succeeded else { return ["(drbdadm can't tell: \(shown(remarks(output))))"] }
        return output.text.split(separator: "\n").map { String($0).concealingSecrets }
    }

    /// A refusal of the one file says too little of where.
    private mutating func ask(_ arguments: [String]) async throws -> Output {
        let output = try await drbdadm(arguments).run()
        guard !output.succeeded, configuration == Self.oneFile else { return output }
        try layOut()
        return try await drbdadm(arguments).run()
    }

    private func drbdadm(_ arguments: [String]) -> Command {
        Command(
            "drbdadm", ["--config-file", "\(directory)/\(configuration)"] + arguments, environment: environment,
            limit: .seconds(30 + arguments.count / 20))
    }
}
