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
/// drbdadm finds clashes between files only when it sees all of them.
public struct DRBDPreview: Sendable {
    private let directory: String
    private let files: FileTree
    private let environment: [String: String]
    private let isOnHost: Bool

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
    public func prepare(_ live: LiveFiles, with changes: [FileChange], under policy: Policy) throws(FileError) {
        try FileTree().removeAll(directory)
        try FileTree().makeDirectory(directory, mode: 0o700)
        var texts = live.contents.filter { policy.name(ofDRBDFile: $0.key) != nil }
        for change in changes where change.format == .drbd { texts[change.path.text] = change.new }
        for (path, text) in texts.sorted(by: { $0.key < $1.key }) {
            guard let name = policy.name(ofDRBDFile: path) else { continue }
            try write(text.withoutIncludes, to: name)
        }
        let others = live.fragments(outsideOf: policy).flatMap { $0.bytes + [UInt8(ascii: "\n")] }
        try write(others, to: "elsewhere.conf")
        // As patterns: drbdadm takes offence at a file that is not there, and not at a pattern that fits none.
        // "You should put the global {} section in front of any resource {} section."
        let includes = ["global_common.con[f]", "elsewhere.conf", "*.res"].map { "include \"\($0)\";\n" }
        try write(Array(includes.joined().utf8), to: "drbd.conf")
    }

    private func write(_ bytes: [UInt8], to name: String) throws(FileError) { try files.write(bytes, to: "/" + name, mode: 0o600) }

    /// Takes the candidate away: it holds secrets.
    public func clear() { try? FileTree().removeAll(directory) }

    /// What is wrong with the candidate, in drbdadm's words; unknown where drbdadm fails without naming a place, or is killed.
    public func complaints() async -> Known<[String]> {
        do {
            let output = try await drbdadm(isOnHost ? ["dump", "all"] : ["sh-nop"]).run()
            guard !output.succeeded else { return .known([]) }
            let said = output.lastLines()
            return output.error.contains(directory + "/") ? .known([said]) : .unknown("\(output.status) of \(output.command.line)\n\(said)")
        } catch {
            return .unknown("\(error)")
        }
    }

    /// The commands that `drbdadm adjust` would run for a resource; empty when it is in sync already.
    public func adjustment(of resource: String) async throws -> [String] {
        let output = try await drbdadm(["--dry-run", "adjust", resource]).run()
        guard output.succeeded else { return ["(drbdadm can't tell: \(output.lastLines(1)))"] }
        return output.text.split(separator: "\n").map(Self.hidingSecret)
    }

    /// `--shared-secret=…`, as drbdsetup is given it.
    static func hidingSecret(_ command: Substring) -> String {
        let words = command.split(separator: " ", omittingEmptySubsequences: false)
        return words.map { $0.hasPrefix("--shared-secret=") ? "--shared-secret=******" : $0 }.joined(separator: " ")
    }

    private func drbdadm(_ arguments: [String]) -> Command {
        Command(
            "drbdadm", ["--config-file", "\(directory)/drbd.conf"] + arguments, environment: environment,
            limit: .seconds(30))
    }
}

extension SourceText {
    /// All but its includes; all of it where there are none, or where a mistake leaves open what they are.
    fileprivate var withoutIncludes: [UInt8] {
        let (configuration, findings) = DRBDConfiguration.parse(self)
        guard !configuration.includes.isEmpty, findings.isEmpty else { return bytes }
        return DRBDFragment.all(of: self).filter { $0.subject != .include }.flatMap(\.bytes)
    }
}
