/// A resource of DRBD as the kernel has it: this side and the others, as `drbdsetup events2 --now` tells them.
///
///     exists resource name:web role:Secondary suspended:no
///     exists connection name:web peer-node-id:1 conn-name:bravo connection:Connected role:Secondary
///     exists device name:web volume:0 minor:1 disk:Inconsistent
///     exists peer-device name:web peer-node-id:1 conn-name:bravo volume:0 replication:Established peer-disk:Inconsistent
///
/// While it brings disks to the same state it tells how far that is: `replication:SyncSource peer-disk:Inconsistent done:34.56`.
struct DRBDSides: Hashable, Sendable {
    /// Nil where it is down.
    private(set) var role: String?
    /// By the name of the peer.
    private(set) var connections: [String: String] = [:]
    private(set) var peerRoles: [String: String] = [:]
    /// By the number of the volume.
    private(set) var disks: [Int: String] = [:]
    private(set) var peerDisks: [Int: [String]] = [:]
    /// The same by the name of the peer.
    private(set) var disksOfPeer: [String: [Int: String]] = [:]
    /// What goes on between the disks, likewise.
    private(set) var replicationsOfPeer: [String: [Int: String]] = [:]
    /// How much of the disks has been brought to the same state, in percent; of several volumes the least. By the name of the peer.
    private(set) var done: [String: Double] = [:]

    init(_ events: String, of resource: String) {
        for line in events.split(separator: "\n") {
            let words = line.split(separator: " ").drop { $0 != "exists" }.dropFirst()
            guard let kind = words.first else { continue }
            let values = Dictionary(
                words.dropFirst().compactMap { word -> (Substring, String)? in
                    let colon = word.firstIndex(of: ":")
                    return colon.map { (word[..<$0], String(word[word.index(after: $0)...])) }
                }, uniquingKeysWith: { first, _ in first })
            if values["name"] == resource { take(kind, values) }
        }
    }

    private mutating func take(_ kind: Substring, _ values: [Substring: String]) {
        let volume = values["volume"].flatMap { Int($0) }
        // Module 8.4 has one peer, which it calls by its address, and that once.
        let peer = values["conn-name"] ?? values["peer"] ?? connections.keys.first ?? "the other side"
        switch kind {
        case "resource": role = values["role"]
        case "connection":
            connections[peer] = values["connection"]
            peerRoles[peer] = values["role"]
        case "device": if let volume { disks[volume] = values["disk"] }
        // A side that is meant to have no disk is none.
        case "peer-device":
            guard let volume, values["peer-client"] != "yes" else { return }
            let disk = values["peer-disk"] ?? "DUnknown"
            peerDisks[volume, default: []].append(disk)
            disksOfPeer[peer, default: [:]][volume] = disk
            replicationsOfPeer[peer, default: [:]][volume] = values["replication"]
            if let part = values["done"].flatMap(Double.init) { done[peer] = min(done[peer] ?? 100, part) }
        default: break
        }
    }
}

/// Whether a resource that is new has to be told that all its sides are as good as each other.
public enum DRBDInfancy: Hashable, Sendable {
    case down
    /// Each volume has data on some side: who lacks them gets them.
    case over
    /// These have none anywhere, and both sides know of each other.
    case ready([Int])
    /// Why it can't be told yet, or not by a program.
    case notYet(String)

    /// - Parameter generations: of the volumes on this side.
    init(_ resource: String, _ sides: DRBDSides, generations: [Int: UInt64]) {
        guard let role = sides.role else {
            self = .down
            return
        }
        let waiting = sides.disks.keys.sorted().filter { volume in
            sides.disks[volume] != "UpToDate" && sides.peerDisks[volume]?.contains("UpToDate") != true
        }
        guard !waiting.isEmpty, !sides.disks.isEmpty else {
            self = sides.disks.isEmpty ? .notYet("\(resource) has no volumes") : .over
            return
        }
        let away = sides.connections.filter { $0.value != "Connected" }.sorted { $0.key < $1.key }
        if let (peer, state) = away.first {
            self = .notYet("\(resource) is \(state), and not connected to \(peer)")
        } else if sides.connections.isEmpty {
            self = .notYet("\(resource) has no peer")
        } else if ([role] + sides.peerRoles.values).contains("Primary") {
            self = .notYet("\(resource) is Primary already")
        } else if let volume = waiting.first(where: {
            sides.disks[$0] != "Inconsistent" || sides.peerDisks[$0]?.allSatisfy { $0 == "Inconsistent" } != true
        }) {
            let others = sides.peerDisks[volume]?.joined(separator: ", ") ?? "not known"
            self = .notYet("volume \(volume) of \(resource) is \(sides.disks[volume] ?? "not known") here and \(others) on the other side")
        } else if let volume = waiting.first(where: { generations[$0] != DRBDDisks.justCreated }) {
            self = .notYet("volume \(volume) of \(resource) is Inconsistent on all sides, and not new: whose data are right is for a person to say")
        } else {
            self = .ready(waiting)
        }
    }
}
