internal import ClusterModel
internal import LiveState
internal import Reconciling
internal import Synchronization

/// One node: a host, the daemon on it, and what this node sees of the others.
final class Node {
    let host: Host
    /// The daemon; nil while it does not run.
    var machine: Reconciler?
    /// Events that have reached the daemon. Each of its lives has an inbox of its own.
    private(set) var inbox = Inbox()
    /// Goes up with each death: what an earlier life has under way does not come back to a later one.
    private(set) var life = 0
    var isDraining = false
    var startOfLife = 0
    /// Whether the daemon got SIGSTOP.
    var isFrozen = false
    private(set) var isOnce = false
    /// What attrd has delivered here.
    var view: [NodeName: Announcement] = [:]
    /// The moment of the last delivery: the order is kept.
    var lastDelivery = 0
    /// How slow attrd is here, in milliseconds.
    var lag = 0
    /// What the watch has seen last: an epoch, and a count of changes of files.
    var seenEpoch = 0
    var changesOfFiles = 0
    var seenChangesOfFiles = 0
    /// When the daemon last saw who is online.
    var lastStatus = 0
    /// Tools that don't answer in time, and tools that fail, until then.
    var toolsHangUntil = 0
    var toolsFailUntil = 0
    /// drbdadm and crm_verify have no opinion until then.
    var judgesFailUntil = 0
    /// What looks at disks fails until then.
    var disksFailUntil = 0

    var name: NodeName { host.name }

    init(_ host: Host) { self.host = host }

    var isAlive: Bool { machine != nil }

    /// - Parameter isOnce: whether a person has typed `coxswain apply`, where no daemon runs.
    func begin(at now: Int, pace: Pace, isOnce: Bool = false) {
        machine = Reconciler(node: name, pace: pace, isOnce: isOnce)
        self.isOnce = isOnce
        inbox = Inbox()
        startOfLife = now
        isFrozen = false
    }

    func kill() {
        machine = nil
        life += 1
        isFrozen = false
        inbox = Inbox()
    }
}

/// What has been answered and not been taken in yet.
final class Inbox: Sendable {
    private let events = Mutex<[Event]>([])

    func put(_ event: Event) { events.withLock { $0.append(event) } }

    func take() -> Event? { events.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
