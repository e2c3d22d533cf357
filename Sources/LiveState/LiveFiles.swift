public import DRBDSyntax
public import Diagnostics
public import Repository

/// The files of one host, as far as the repository cares about them.
public struct LiveFiles: Hashable, Sendable {
    /// By absolute path, without the prefix of `--root`.
    public var contents: [String: SourceText]
    /// Why a file or directory could not be read. Such a file is neither written nor removed.
    public var unreadable: [String: String]

    /// Mount points of the cluster that are not mounted on this host: what belongs onto them is another host's business.
    public var unmounted: Set<String>
    /// Those that are.
    public var mounted: Set<String> = []

    /// Mount points that several nodes have mounted at once, the leader and this node among them: there the leader has the say.
    public var ledElsewhere: Set<String> = []

    /// Files that others than their owner may read, of those with secrets in them.
    public var exposed: Set<String> = []

    public var secrets: NodeSecrets

    /// The paths of files that we put here, and that are as we left them, with the DRBD resources that they define.
    public var deposited: [String: [String]] = [:]

    /// When files were written, in seconds since 1970: of those that were asked for.
    public var times: [String: Int64] = [:]

    /// What drbdadm reads, in the repository's directory and elsewhere.
    public var drbd = DRBDReading()

    /// The nodes that o2cb has told the kernel of, by the OCFS2 cluster that is registered there.
    public var registeredNodes: [String: Set<String>] = [:]

    public init(
        contents: [String: SourceText] = [:], unreadable: [String: String] = [:], unmounted: Set<String> = [],
        secrets: NodeSecrets = NodeSecrets()
    ) {
        self.contents = contents
        self.unreadable = unreadable
        self.unmounted = unmounted
        self.secrets = secrets
    }

    /// Takes in others.
    public mutating func add(_ others: LiveFiles) {
        contents.merge(others.contents) { known, _ in known }
        unreadable.merge(others.unreadable) { known, _ in known }
    }

    public func isLedElsewhere(_ path: String) -> Bool { ledElsewhere.contains { path.hasPrefix($0 + "/") } }

    public func mountPoint(of path: String) -> String? { mounted.filter { path.hasPrefix($0 + "/") }.max { $0.count < $1.count } }

    public func isUnmounted(_ path: String) -> Bool { unmounted.contains { path.hasPrefix($0 + "/") } }
}
