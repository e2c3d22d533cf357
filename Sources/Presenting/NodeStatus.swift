internal import CIB
internal import ClusterModel
internal import Diagnostics
public import LiveState
public import Planning
public import Reconciling
public import Records
internal import Repository
internal import Safety
internal import Steps

/// What `status --output json` prints: where a node and its cluster stand.
public struct NodeStatus: Codable, Hashable, Sendable {
    public var version = 1
    public var node: String
    /// The version of the program that runs there.
    public var program: String
    /// ISO 8601, in UTC.
    public var time: String
    public var repository: String
    /// Whether its server answered when it was asked last.
    public var isRepositoryHeard: Bool
    public var suspension: Suspension?
    public var commits: Commits
    public var work: Work
    public var cluster: Cluster?
    /// The DRBD resources that are up on this host; nil where that is not known.
    public var drbd: [Pair]?
    public var holds: [Hold]
    /// Domains that run on this host, and are not as their files say before they are started anew.
    public var pendingRestarts: [PendingRestart]?
    public var last: Ending?

    public struct Commits: Codable, Hashable, Sendable {
        /// The newest commit of the repository, and the first line of its message.
        public var newest, subject: String?
        /// What the cluster's record names: in force; healthy last; applied, and not good.
        public var applied, good, held: String?
    }

    public struct Work: Codable, Hashable, Sendable {
        public var activity: String
        /// The commit in hand.
        public var commit: String?
        public var stage: String?
        /// What is left to be done, the first under way.
        public var steps: [String]
        public var wait: Wait?
    }

    public struct Wait: Codable, Hashable, Sendable {
        public var name, reason: String
        /// For so long it has lasted; after so long it is given up, and a note says so.
        public var seconds: Int
        public var limit: Int?
    }

    public struct Cluster: Codable, Hashable, Sendable {
        public var hasQuorum, isIdle, inMaintenance: Bool
        public var dc: String?
        public var nodes: [Node]
        public var resources: [Resource]
        public var failures: [String]
    }

    public struct Node: Codable, Hashable, Sendable {
        public var name, state: String
        /// What coxswain there has told the others; nil where it does not run, or is at rest.
        public var announcement: String?
        /// How far it is with a commit: `able`, `prepared`, `intent`, `ready`, `refused`, `unhealthy`.
        public var stage, commit: String?
    }

    public struct Resource: Codable, Hashable, Sendable {
        public var name, role: String
        public var nodes: [String]
        public var isWell, isManaged: Bool
    }

    /// A DRBD resource: this host's side, and the others.
    public struct Pair: Codable, Hashable, Sendable {
        public var name, role: String
        public var disks: [String]
        public var peers: [Peer]
        public var isWell: Bool
    }

    public struct Peer: Codable, Hashable, Sendable {
        public var name, connection, role: String
        public var disks: [String]
        /// Percent of a synchronisation that is under way.
        public var done: Double?
    }

    public struct Hold: Codable, Hashable, Sendable {
        public var object, holder: String
        /// The class of drift, as `coxswain.yaml` names it.
        public var `class`: String
        public var path, live, wanted: String?
        /// For so long this node has seen it so; after so long it is put right.
        public var seconds, limit: Int?
    }

    public struct PendingRestart: Codable, Hashable, Sendable {
        public var resource, path: String
        /// What it runs on without.
        public var settings: [String]
    }

    public struct Ending: Codable, Hashable, Sendable {
        public var commit, result, text: String
    }

    public var json: String { JSON.text(self) }
}

extension NodeStatus {
    /// - Parameters:
    ///   - standing: where the machine stands.
    ///   - live: the cluster as it was looked at just now; nil where it can't be asked.
    ///   - pairs: the DRBD resources of this host; nil where it can't be asked.
    ///   - ages: since when something is held.
    ///   - time: of the look, in ISO 8601.
    public init(
        _ standing: Standing, _ live: LiveState?, _ pairs: [Replication]? = nil, holding ages: HoldTimes = HoldTimes(), node: String, program: String,
        repository: String, time: String
    ) {
        (self.node, self.program, self.repository, self.time) = (node, program, repository, time)
        isRepositoryHeard = standing.isHeard
        suspension = standing.suspension
        let record = live?.record
        commits = Commits(
            newest: standing.head?.id.hex, subject: standing.head?.title, applied: record?.applied?.hex, good: record?.good?.hex,
            held: record?.held?.hex)
        work = Work(standing)
        cluster = live.flatMap { live in live.cluster.map { Cluster($0, live.peers) } }
        drbd = pairs.map { $0.map(Pair.init) }
        pendingRestarts = standing.evidence?.pendingRestarts.map {
            PendingRestart(resource: $0.domain.text, path: $0.path.text, settings: $0.settings)
        }
        let policy = standing.evidence?.policy.drift
        holds = (standing.evidence?.plan.held ?? []).map { hold in
            Hold(hold, seconds: live.flatMap { ages.age(of: hold, at: $0.time) }, limit: policy?.limit(of: hold.driftClass))
        }
        last = standing.last.map { Ending(commit: $0.commit.hex, result: $0.result.rawValue, text: $0.text) }
    }
}

extension NodeStatus.Work {
    fileprivate init(_ standing: Standing) {
        activity = standing.activity
        commit = standing.commit?.hex
        stage = standing.remaining.first?.stage.rawValue
        steps = standing.remaining.map(\.id.text)
        wait = standing.wait.map {
            NodeStatus.Wait(
                name: $0.name.rawValue, reason: $0.reason, seconds: Int($0.lasts.components.seconds),
                limit: $0.limit.map { Int($0.components.seconds) })
        }
    }
}

extension NodeStatus.Cluster {
    fileprivate init(_ status: ClusterStatus, _ peers: [NodeName: Announcement]) {
        (hasQuorum, isIdle, inMaintenance, dc) = (status.hasQuorum, status.isIdle, status.inMaintenance, status.dc)
        nodes = status.nodes.map { NodeStatus.Node($0, peers[NodeName($0.name)]) }
        resources = status.resources.map(NodeStatus.Resource.init)
        failures = status.failures.map { "\($0)" }
    }
}

extension NodeStatus.Node {
    fileprivate init(_ node: ClusterStatus.Node, _ announcement: Announcement?) {
        name = node.name
        state =
            node.isUnclean
            ? "unclean"
            : !node.isOnline
                ? "offline" : node.isPending ? "joining" : node.isInMaintenance ? "maintenance" : node.isAvailable ? "online" : "standby"
        self.announcement = announcement.flatMap { $0.isEmpty ? nil : $0.words }
        (stage, commit) = announcement?.progress.map { ($0, $1.hex) } ?? (nil, nil)
    }
}

extension NodeStatus.Resource {
    fileprivate init(_ resource: ClusterStatus.Resource) {
        (name, role, nodes, isManaged) = (resource.id, resource.role, resource.nodes, resource.isManaged)
        isWell = !resource.hasFailed && !resource.isBlocked
    }
}

extension NodeStatus.Hold {
    fileprivate init(_ held: Held, seconds: Int?, limit: Duration?) {
        self.init(
            object: held.object.name, holder: held.holder?.rawValue ?? "", class: held.driftClass.rawValue, path: held.path?.description,
            live: held.live, wanted: held.desired, seconds: seconds, limit: limit.map { Int($0.components.seconds) })
    }
}

extension NodeStatus.Pair {
    fileprivate init(_ pair: Replication) {
        let peers = pair.peers.map { NodeStatus.Peer(name: $0.name, connection: $0.connection, role: $0.role, disks: $0.disks, done: $0.done) }
        self.init(name: pair.name, role: pair.role, disks: pair.disks, peers: peers, isWell: pair.isWell)
    }
}

extension Announcement {
    /// In a word, and of which commit.
    fileprivate var progress: (stage: String, commit: CommitID)? {
        if let refusal { return ("refused", refusal.commit) }
        if let unhealthy { return ("unhealthy", unhealthy.commit) }
        switch promise {
        case .ready(let commit, _): return ("ready", commit)
        case .prepared(let commit, _): return intent.map { ("intent", $0) } ?? ("prepared", commit)
        case .able(let commit): return intent.map { ("intent", $0) } ?? ("able", commit)
        case nil: return intent.map { ("intent", $0) }
        }
    }

    /// For people.
    fileprivate var words: String {
        let promise =
            switch promise {
            case .able(let commit): "has judged \(commit.short)"
            case .prepared(let commit, _): "has prepared \(commit.short)"
            case .ready(let commit, _): "is ready for \(commit.short)"
            case nil: nil as String?
            }
        let all = [
            promise, refusal.map { "refuses \($0.commit.short): \($0.reason)" }, intent.map { "is about to commit \($0.short)" },
            unhealthy.map { "\($0.commit.short) is not healthy: \($0.reason)" },
        ]
        return all.compactMap(\.self).joined(separator: "; ")
    }
}
