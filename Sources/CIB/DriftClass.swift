/// The kinds of live state that may differ from git, each with what is done about it where the policy does not say.
///
/// What belongs to a class has somebody who wants it so; all else that a commit declares is `declared`, or `host`, and is put right.
public enum DriftClass: String, Hashable, Sendable, CaseIterable {
    /// Constraints of DRBD's fence-peer handler: without them Pacemaker may promote outdated data.
    case drbdFence = "drbd-fence"
    /// Constraints that `crm resource move` and `ban` make: `cli-ban-…`, `cli-prefer-…`, `cli-standby-…`.
    case move
    /// A node's `standby` and `maintenance`.
    case nodeState = "node-state"
    /// A resource's `target-role`, `is-managed` and `maintenance`.
    case resourceState = "resource-state"
    /// The option `maintenance-mode`.
    case maintenanceMode = "maintenance-mode"
    /// What the cluster writes about itself: `dc-version`, `last-lrm-refresh`, nodes that come, the defaults of Pacemaker's build.
    case cluster
    /// What agents keep there to decide by: which of two databases has the newest data.
    case agent
    /// Node health and promotion scores that were made permanent.
    case scores
    /// Utilization that agents measure.
    case utilization
    /// `memory=` in the file of a domU whose agent divides the host's memory (`allow_mem_management`).
    case memory
    /// All else that a commit declares in the CIB.
    case declared
    /// All else that a commit declares on the hosts: files and volumes.
    case host

    public enum Treatment: String, Hashable, Sendable, CaseIterable {
        /// Git has its way at once.
        case revert
        /// It is shown, and stays until a commit changes that very field.
        case hold
        /// It stays, and is not shown.
        case ignore
    }

    /// Who wants it so; nil where nobody does.
    public var owner: Owner? {
        switch self {
        case .drbdFence: .drbdFencing
        case .move, .nodeState, .resourceState, .maintenanceMode: .operatorOverride
        case .cluster: .cluster
        case .agent, .scores, .utilization, .memory: .agent
        case .declared, .host: nil
        }
    }

    /// What a policy may say about it, the usual treatment first.
    public var treatments: [Treatment] {
        switch self {
        case .drbdFence, .cluster, .agent: [.hold, .ignore]
        case .move, .nodeState, .resourceState, .maintenanceMode, .scores, .utilization, .memory: [.hold, .revert, .ignore]
        case .declared, .host: [.revert]
        }
    }

    /// Whether it may be held for a time only. An agent would write it anew.
    public var mayEnd: Bool { owner == .operatorOverride }
}

/// What is done about each class of drift.
public struct DriftPolicy: Hashable, Sendable {
    private var treatments: [DriftClass: DriftClass.Treatment] = [:]
    private var limits: [DriftClass: Duration] = [:]

    public init() {}

    public subscript(driftClass: DriftClass) -> DriftClass.Treatment {
        get { treatments[driftClass] ?? driftClass.treatments[0] }
        set { if driftClass.treatments.contains(newValue) { treatments[driftClass] = newValue } }
    }

    /// How long it is held at most; nil: until a commit changes it.
    public func limit(of driftClass: DriftClass) -> Duration? { self[driftClass] == .hold ? limits[driftClass] : nil }

    public mutating func limit(_ driftClass: DriftClass, to limit: Duration?) { limits[driftClass] = limit }

    /// What persons have set follows git at once.
    public static let revertingPersons = DriftClass.allCases.filter { $0.owner == .operatorOverride }.reduce(into: DriftPolicy()) { $0[$1] = .revert }
}
