/// What is the matter with a DRBD resource that is up: while it lasts, its options are not the thing to work on.
public enum Disturbance: Hashable, Sendable {
    /// It does not talk to a peer, and won't by itself: after a split brain, or since a person wants it so.
    case apart(peer: String, here: String)
    /// It does not talk to a peer whose host is there.
    case away(peer: String, connection: String)
    /// This side has no disk: it failed, or was taken away.
    case diskless
    /// A side has old data, and gets new ones.
    case synchronising
    /// The sides are being compared, or one has fallen behind: `VerifyS`, `Ahead`.
    case busy(String)
    /// This side has no good data, and nobody gives it any.
    case inconsistent
    /// This side's data are old, or it can't tell: `Outdated`, `Consistent`.
    case outdated(String)
    /// A peer that is connected has no good data, and gets none: `Diskless`, `Outdated`, `Inconsistent`.
    case poorPeer(String, disk: String)
}

extension Replication {
    /// Nil where nothing is the matter but that the other side may be away: what it misses, it gets when it is back.
    ///
    /// - Parameter isThere: whether a peer's host is up, so that the two ought to be connected.
    public func disturbance(_ isThere: (_ peer: String) -> Bool = { _ in false }) -> Disturbance? {
        if let peer = peers.first(where: { $0.connection == "StandAlone" }) {
            return .apart(peer: peer.name, here: "\(role) \(disks.joined(separator: ", "))")
        }
        if disks.contains(where: ["Diskless", "Failed", "Detaching"].contains) { return .diskless }
        let connected = peers.filter(\.isConnected)
        let sides = connected.flatMap(\.disks) + disks
        // "SyncTarget: Synchronization is running, with the local node the target" (DRBD user's guide): its disk is Inconsistent, the other one is not.
        if sides.contains(where: Self.incomplete.contains), sides.contains("UpToDate"), !connected.isEmpty { return .synchronising }
        if disks.contains(where: Self.incomplete.contains) { return .inconsistent }
        // Module 8.4 has the two in one.
        if let state = peers.flatMap({ $0.replications + [$0.connection] }).first(where: Self.activities.contains) { return .busy(state) }
        if let state = disks.first(where: ["Outdated", "Consistent"].contains) { return .outdated(state) }
        for peer in connected {
            if let disk = peer.disks.first(where: { !["UpToDate", "DUnknown"].contains($0) }) { return .poorPeer(peer.name, disk: disk) }
        }
        return peers.first { !$0.isConnected && isThere($0.name) }.map { .away(peer: $0.name, connection: $0.connection) }
    }

    private static let incomplete: Set = ["Inconsistent", "Attaching", "Negotiating"]

    /// drbdsetup(8), "Replication States"; what ends by itself, or when there is less to do.
    private static let activities: Set = [
        "VerifyS", "VerifyT", "WFBitMapS", "WFBitMapT", "WFSyncUUID", "StartingSyncS", "StartingSyncT", "SyncSource", "SyncTarget", "PausedSyncS",
        "PausedSyncT", "Ahead", "Behind",
    ]
}

extension Replication.Peer {
    fileprivate var isConnected: Bool {
        // Module 8.4 says there what goes on between the disks.
        connection == "Connected"
            || ["Sync", "Verify", "WFBitMap", "WFSync", "Starting", "Paused", "Ahead", "Behind"].contains { connection.hasPrefix($0) }
    }
}

extension Disturbance {
    /// Whether it is over soon, and nobody has to do anything about it.
    public var endsByItself: Bool {
        switch self {
        case .synchronising, .busy: true
        case .apart, .away, .diskless, .inconsistent, .outdated, .poorPeer: false
        }
    }

    /// In a sentence about the resource.
    public func words(on resource: String) -> String {
        switch self {
        case .apart(let peer, let here):
            "DRBD resource \(resource) is StandAlone, apart from \(peer): this side is \(here), and the other one may have been written to as well (a split brain)"
        case .away(let peer, let connection): "DRBD resource \(resource) is \(connection), and not connected to \(peer), whose host is online"
        case .diskless: "DRBD resource \(resource) has no disk on this side"
        case .synchronising: "DRBD resource \(resource) is being synchronised"
        case .busy(let state): "DRBD resource \(resource) is in the state \(state)"
        case .inconsistent: "DRBD resource \(resource) has no good data on this side, and nobody gives it any"
        case .outdated(let state): "DRBD resource \(resource) is \(state) on this side: the other one has newer data, or may have"
        case .poorPeer(let peer, let disk): "DRBD resource \(resource) is \(disk) on \(peer), the other side"
        }
    }

    /// What a person can do; nil for what ends by itself.
    public func remedy(for resource: String) -> String? {
        switch self {
        case .apart:
            // "Manual split brain recovery" (DRBD user's guide, 8.4 and 9.0).
            "look at both sides (drbdadm status \(resource)) and choose the one whose changes are lost; there: drbdadm disconnect \(resource); "
                + "drbdadm secondary \(resource); drbdadm connect --discard-my-data \(resource); on the other side: drbdadm connect \(resource)"
        case .diskless: "when the disk is sound: drbdadm attach \(resource); one that was replaced needs drbdadm create-md \(resource) before"
        case .away(let peer, _): "drbdadm status \(resource) on both sides; where it is down on \(peer), or the path is broken, mend that"
        case .synchronising, .busy: nil
        case .outdated: "drbdadm status \(resource) on all sides shows who has good data; let the sides connect, and it gets those"
        case .poorPeer(let peer, _): "drbdadm status \(resource) on \(peer); when its disk is sound: drbdadm attach \(resource) there"
        case .inconsistent: "drbdadm status \(resource) on all sides shows who has good data; let the sides connect"
        }
    }
}
