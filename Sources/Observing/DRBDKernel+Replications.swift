internal import Host
public import LiveState

extension DRBDKernel {
    /// All resources that are up on this host, by name; one look, which disturbs nothing.
    /// - Throws: `CommandError`.
    public func replications() async throws -> [Replication] {
        try await resources().isEmpty ? [] : replicationsOfWhatIsUp()
    }

    /// The same where it is known that something is up.
    func replicationsOfWhatIsUp() async throws -> [Replication] {
        let events = try await Command("drbdsetup", ["events2", "--now"], limit: .seconds(20)).run().orThrow().text
        return Self.replications(in: events)
    }

    /// - Parameter events: of `drbdsetup events2 --now`.
    static func replications(in events: String) -> [Replication] {
        let names = events.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(separator: " ").drop { $0 != "exists" }.dropFirst()
            guard words.first == "resource" else { return nil }
            return words.first { $0.hasPrefix("name:") }.map { String($0.dropFirst("name:".count)) }
        }
        return Set(names).sorted().compactMap { name in
            let sides = DRBDSides(events, of: name)
            return sides.role.map { Replication(name, $0, sides) }
        }
    }
}

extension Replication {
    fileprivate init(_ name: String, _ role: String, _ sides: DRBDSides) {
        let peers = sides.connections.keys.sorted().map { peer in
            Peer(
                name: peer, connection: sides.connections[peer] ?? "Unknown", role: sides.peerRoles[peer] ?? "Unknown",
                disks: sides.disksOfPeer[peer]?.inOrder ?? [], replications: sides.replicationsOfPeer[peer]?.inOrder ?? [],
                done: sides.done[peer])
        }
        self.init(name: name, role: role, disks: sides.disks.keys.sorted().compactMap { sides.disks[$0] }, peers: peers)
    }
}

extension [Int: String] {
    /// By the numbers of the volumes.
    fileprivate var inOrder: [String] { sorted { $0.key < $1.key }.map(\.value) }
}
