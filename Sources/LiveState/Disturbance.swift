/// What is the matter with a DRBD resource that is up: while it lasts, its options are not the thing to work on.
public enum Disturbance: Hashable, Sendable {
    /// It does not talk to a peer, and won't by itself: after a split brain, or since a person wants it so.
    case apart(peer: String, here: String)
    /// This side has no disk: it failed, or was taken away.
    case diskless
    /// A side has old data, and gets new ones.
    case synchronising
    /// This side has no good data, and nobody gives it any.
    case inconsistent
}

extension Replication {
    /// Nil where nothing is the matter but that the other side may be away: what it misses, it gets when it is back.
    public var disturbance: Disturbance? {
        if let peer = peers.first(where: { $0.connection == "StandAlone" }) {
            return .apart(peer: peer.name, here: "\(role) \(disks.joined(separator: ", "))")
        }
        if disks.contains(where: ["Diskless", "Failed", "Detaching"].contains) { return .diskless }
        let isIncomplete = disks.contains { Self.incomplete.contains($0) }
        let connected = peers.filter { $0.connection == "Connected" || $0.connection.hasPrefix("Sync") }
        let sides = connected.flatMap(\.disks) + disks
        // "SyncTarget: Synchronization is running, with the local node the target" (DRBD user's guide): its disk is Inconsistent, the other one is not.
        if sides.contains(where: Self.incomplete.contains), sides.contains("UpToDate"), !connected.isEmpty { return .synchronising }
        return isIncomplete ? .inconsistent : nil
    }

    private static let incomplete: Set = ["Inconsistent", "Attaching", "Negotiating"]
}

extension Disturbance {
    /// In a sentence about the resource.
    public func words(on resource: String) -> String {
        switch self {
        case .apart(let peer, let here):
            "DRBD resource \(resource) is StandAlone, apart from \(peer): this side is \(here), and the other one may have been written to as well (a split brain)"
        case .diskless: "DRBD resource \(resource) has no disk on this side"
        case .synchronising: "DRBD resource \(resource) is being synchronised"
        case .inconsistent: "DRBD resource \(resource) has no good data on this side, and nobody gives it any"
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
        case .synchronising: nil
        case .inconsistent: "drbdadm status \(resource) on all sides shows who has good data; let the sides connect"
        }
    }
}
