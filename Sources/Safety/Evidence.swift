public import CIB
public import ClusterModel
public import Diagnostics
public import LiveState
public import Planning
public import Repository

/// All that a commit is judged by. Those who only show a plan fill it as those do who carry it out, so that they can't disagree.
public struct Evidence: Sendable {
    public var plan: Plan
    public var live: LiveState
    /// The newest commit, whose message may let in what is refused otherwise; nil for the uncommitted edits of a checkout.
    public var commit: Commit?
    /// The other commits that come with it: what their messages let in is let in too.
    public var company: [Commit] = []
    public var policy: Policy
    /// How the commit to be applied stands to the one that the cluster has.
    public var lineage: Lineage
    /// Where the desired state stands, and where that stood which the cluster has.
    public var part: RepositoryPart?
    public var recordedPart: RepositoryPart?
    /// Whether this copy of the repository lacks a part of the history.
    public var isShallow = false
    /// Whether the commit's tree is that of a commit applied before, as after a revert.
    public var restoresKnownTree: Bool
    /// Whether a person waits for this, and decides what the DC decides otherwise.
    public var leadsAlone: Bool
    /// Whether the commit, or one before it, has files for the hosts: then every node has a part in it.
    public var concernsHosts: Bool
    /// The newest CIB that the tools on this host read; nil where they read the live one without question.
    public var newestCIB: CIB?
    /// What drbdadm has against the files.
    public var drbdadm = Opinion.notAsked("the plan has no file of DRBD's")
    /// What drbdadm would run for the resources that are up here, once the files are in place; by resource.
    public var adjustments: [String: [String]] = [:]
    /// What stands on the disks that new file systems lie on, in the words of wipefs; by disk, and only of those that were looked at.
    public var signatures: [String: Known<[String]>] = [:]
    /// What crm_verify has against the CIB after the transaction, and not against the one before it.
    public var verification = Opinion.notAsked("the plan has no transaction")
    /// What Pacemaker would do; nil where nobody was asked.
    public var forecast: Known<Forecast>?
    /// Resources that the commit touches, counted from the commit that was healthy last.
    public var touched: Set<ResourceID>
    /// All that the commit declares, while it is in force and no commit was ever found healthy: whoever takes its judgement over knows no better.
    public var unjudged: Set<ResourceID> = []
    /// The agents that this node's own file lets commits use; nil: any.
    public var allowedAgents: [AgentPattern]?
    /// What a person holds for longer than the policy allows, by name; and when the next of it will be.
    public var overdueHolds: [String] = []
    public var nextOverdue: Duration?

    public init(
        plan: Plan, live: LiveState, commit: Commit?, policy: Policy, lineage: Lineage = .descendant, restoresKnownTree: Bool = false,
        leadsAlone: Bool = false, concernsHosts: Bool = false, touched: Set<ResourceID>? = nil
    ) {
        self.plan = plan
        self.live = live
        self.commit = commit
        self.policy = policy
        self.lineage = lineage
        self.restoresKnownTree = restoresKnownTree
        self.leadsAlone = leadsAlone
        self.concernsHosts = concernsHosts
        self.touched = touched ?? plan.touched
    }
}

extension Evidence {
    /// What Pacemaker says of the result, though it takes it: words that will go, mostly.
    public var remarks: [String] { if case .remarks(let lines) = verification { lines } else { [] } }

    /// Whether something on this host keeps the plan waiting.
    public var waitsForHost: Bool { !plan.disturbed.isEmpty || objections.contains { $0.kind == .lack } }

    /// What the commits say that come in with this plan.
    func trailer(_ key: String) -> [String] { commits.flatMap { $0.trailer(key) } }

    /// The names that they list.
    func names(inTrailer key: String) -> [String] { commits.names(in: key) }

    /// The newest one first.
    var commits: [Commit] { [commit].compactMap(\.self) + company }
}

extension [Commit] {
    /// All that the trailers of this key list: `Allow-Disruption: web, db`.
    func names(in key: String) -> [String] { flatMap { $0.names(inTrailer: key) } }
}

/// What a tool thinks. One that fails, or is killed, has no opinion: that is trouble, and neither yes nor no.
public enum Opinion: Hashable, Sendable {
    case notAsked(String)
    case content
    /// It has nothing against it, and a word to say about it.
    case remarks([String])
    case complaints([String])
    case unknown(String)
}

/// How one commit stands to another in the history of the repository.
public enum Lineage: Hashable, Sendable {
    /// It is that commit, or comes after it; or there is no other.
    case descendant
    /// It came before it, or on another way. `isFresh`: the server was heard in this round, so the history was rewound; else this node
    /// may only know too little.
    case behind(CommitID, isFresh: Bool)
    /// The history was rewritten, and undoes nothing of that commit. `isWelcome`: as this node's own file says.
    case rewritten(CommitID, isWelcome: Bool)
    /// It does not follow, or is gone back to from, a commit that this node never had: what that has brought can't be told from what others made.
    case fromUnknown(CommitID)

    /// What is worth a word though it is let in.
    public var notices: [Finding] {
        guard case .rewritten(let applied, isWelcome: true) = self else { return [] }
        return [
            .warning(
                "the history of the branch was rewritten: \(applied.short), which the cluster was at, is no part of it any more, and is undone in nothing"
            )
        ]
    }

    /// Whether the commit does not follow the other one, as far as the server says.
    public var isRewritten: Bool {
        switch self {
        case .descendant, .behind(_, isFresh: false): false
        case .behind(_, isFresh: true), .fromUnknown, .rewritten: true
        }
    }
}
