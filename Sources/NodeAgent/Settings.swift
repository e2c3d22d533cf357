public import CIB
internal import ClusterModel
public import GitStore
internal import Host
public import Observing
internal import Repository

/// What a person, or the node's own configuration file, tells this process.
public struct Settings: Hashable, Sendable {
    /// A directory or a URL.
    public var repository: String
    /// A branch, a tag or a commit; nil is the branch that the server's HEAD names.
    public var revision: String?
    /// The directory of the repository that holds the desired state; nil is its root.
    public var path: String?
    public var cib = CIBSource.cluster
    /// Nil: as the repository's `coxswain.yaml` says.
    public var cluster: String?
    /// Nil: as the cluster, or else the machine, calls this node.
    public var node: String?
    public var stateDirectory: String
    /// The prefix of the host's files; nil is the host itself.
    public var root: String?
    /// How long the server of the repository may say nothing.
    public var patience = Duration.seconds(60)
    /// Whether a history that was rewritten is followed where it undoes nothing; one that undoes something never is, without a word.
    public var followsRewrittenHistory = true
    /// The agents that commits may use here; nil: any.
    public var agents: [AgentPattern]?
    /// Branches that are planned before they are merged.
    public var proposals: [ReferencePattern] = []
    /// What this process does beside its work, with files of its own.
    private var errand: String?

    public init(repository: String, stateDirectory: String) {
        self.repository = repository
        self.stateDirectory = stateDirectory
    }

    /// For files that tools read; this process's own, so that a plan doesn't disturb a daemon.
    public var scratchDirectory: String { "\(stateDirectory)/scratch/\(Machine.process)" + (errand.map { "/\($0)" } ?? "") }

    /// The same, for something else at the same time.
    public func besides(_ errand: String) -> Settings {
        var settings = self
        settings.errand = errand
        return settings
    }

    /// The part of the repository that is meant, when its policy is this.
    func part(_ policy: Policy) -> RepositoryPart { RepositoryPart(cluster: cluster ?? policy.cluster, path: path) }

    /// With a CIB in a file and no other root there is no host: its files are left out of account.
    public var hasHost: Bool { cib == .cluster || root != nil }

    /// DRBD and LVM are asked, and act, only on the host itself: what stands below another root is another host's, and the kernel is not.
    public var actsOnHost: Bool { cib == .cluster && (root ?? "/") == "/" }
}
