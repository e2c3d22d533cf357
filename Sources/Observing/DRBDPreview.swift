internal import Desired
internal import Diagnostics
public import Host
public import Planning

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

    /// Lays the candidate out.
    public func prepare(_ live: LiveFiles, with changes: [FileChange], in drbdDirectory: String) throws(FileError) {
        try FileTree().removeAll(directory)
        try FileTree().makeDirectory(directory, mode: 0o700)
        let names = Set(live.contents.keys.filter { $0.hasPrefix(drbdDirectory + "/") } + changes.filter { $0.format == .drbd }.map(\.path))
        let changed = Dictionary(changes.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        for path in names.sorted() {
            let text = changed[path].map(\.new) ?? live.contents[path]
            guard let text, let name = path.split(separator: "/").last else { continue }
            try files.write(text.bytes, to: "/" + name, mode: 0o600)
        }
        // As patterns: drbdadm takes offence at a file that is not there, and not at a pattern that fits none.
        try files.write(Array("include \"global_common.con[f]\";\ninclude \"*.res\";\n".utf8), to: "/drbd.conf", mode: 0o600)
    }

    /// Takes the candidate away: it holds secrets.
    public func clear() { try? FileTree().removeAll(directory) }

    /// What is wrong with the candidate, in drbdadm's words; nil if nothing is.
    public func complaint() async throws -> String? {
        let output = try await drbdadm(isOnHost ? ["dump", "all"] : ["sh-nop"]).run()
        return output.succeeded ? nil : output.lastLines()
    }

    /// The commands that `drbdadm adjust` would run for a resource; empty when it is in sync already.
    public func adjustment(of resource: String) async throws -> [String] {
        let output = try await drbdadm(["--dry-run", "adjust", resource]).run()
        guard output.succeeded else { return ["(drbdadm can't tell: \(output.lastLines(1)))"] }
        return output.text.split(separator: "\n").map(Self.hidingSecret)
    }

    /// `--shared-secret=…`, as drbdsetup is given it.
    private static func hidingSecret(_ command: Substring) -> String {
        let words = command.split(separator: " ", omittingEmptySubsequences: false)
        return words.map { $0.hasPrefix("--shared-secret=") ? "--shared-secret=******" : $0 }.joined(separator: " ")
    }

    private func drbdadm(_ arguments: [String]) -> Command {
        Command(
            "drbdadm", ["--config-file", "\(directory)/drbd.conf"] + arguments, environment: environment,
            limit: .seconds(30))
    }
}
