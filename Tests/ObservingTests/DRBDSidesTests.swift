import LiveState
import Testing

@testable import Observing

@Suite("Whether a DRBD resource that is new may begin is read from the kernel")
struct DRBDSidesTests {
    /// - Parameter peers: connection, role and disk of each other side.
    private func events(role: String = "Secondary", disk: String = "Inconsistent", _ peers: [(String, String, String)]) -> String {
        let sides = peers.enumerated().map { number, peer in
            """
            exists connection name:web peer-node-id:\(number + 1) conn-name:peer\(number) connection:\(peer.0) role:\(peer.1)
            exists peer-device name:web peer-node-id:\(number + 1) conn-name:peer\(number) volume:0 replication:Established peer-disk:\(peer.2)
            """
        }
        return """
            exists resource name:web role:\(role) suspended:no write-ordering:flush
            exists device name:web volume:0 minor:1 backing_dev:/dev/vg0/web disk:\(disk) client:no quorum:yes
            exists resource name:other role:Primary suspended:no
            exists device name:other volume:0 minor:2 disk:UpToDate
            \(sides.joined(separator: "\n"))
            exists -

            """
    }

    @Test("while the sides are brought together it is known how far that is: of several volumes the least")
    func progress() throws {
        let events = """
            exists resource name:web role:Primary suspended:no
            exists connection name:web peer-node-id:1 conn-name:bravo connection:Connected role:Secondary
            exists device name:web volume:0 minor:1 disk:UpToDate
            exists device name:web volume:1 minor:2 disk:UpToDate
            exists peer-device name:web peer-node-id:1 conn-name:bravo volume:0 replication:SyncSource peer-disk:Inconsistent done:34.56
            exists peer-device name:web peer-node-id:1 conn-name:bravo volume:1 replication:PausedSyncS peer-disk:Inconsistent done:8.00
            exists -

            """
        #expect(DRBDSides(events, of: "web").done == ["bravo": 8])
        let peer = try #require(DRBDKernel.replications(in: events).first?.peers.first)
        #expect(peer.done == 8 && peer.disks == ["Inconsistent", "Inconsistent"])
        #expect(DRBDKernel.replications(in: self.events([new])).first?.peers.first?.done == nil)
    }

    private func infancy(_ events: String, generation: UInt64 = 4) -> DRBDInfancy {
        DRBDInfancy("web", DRBDSides(events, of: "web"), generations: [0: generation])
    }

    private let new = ("Connected", "Secondary", "Inconsistent")

    @Test("Only where all sides are connected, Secondary, Inconsistent and just created")
    func ready() {
        #expect(infancy(events([new])) == .ready([0]))
        #expect(infancy(events([new, new])) == .ready([0]))
        #expect(
            infancy(events([new]), generation: 0x1234)
                == .notYet("volume 0 of web is Inconsistent on all sides, and not new: whose data are right is for a person to say"))
        #expect(infancy(events(role: "Primary", [new])) == .notYet("web is Primary already"))
        #expect(infancy(events([("Connected", "Primary", "Inconsistent")])) == .notYet("web is Primary already"))
        #expect(infancy(events([("Connecting", "Unknown", "DUnknown")])) == .notYet("web is Connecting, and not connected to peer0"))
        #expect(infancy(events([new, ("StandAlone", "Unknown", "DUnknown")])) == .notYet("web is StandAlone, and not connected to peer1"))
        #expect(
            infancy(events([("Connected", "Secondary", "Outdated")]))
                == .notYet("volume 0 of web is Inconsistent here and Outdated on the other side"))
        #expect(infancy(events(disk: "Diskless", [new])) == .notYet("volume 0 of web is Diskless here and Inconsistent on the other side"))
        #expect(infancy(events([])) == .notYet("web has no peer"))
    }

    @Test("Data on any side are an end of it; what is down has not begun")
    func over() {
        #expect(infancy(events(disk: "UpToDate", [("Connected", "Secondary", "UpToDate")])) == .over)
        #expect(infancy(events(disk: "UpToDate", [("Connecting", "Unknown", "DUnknown")])) == .over)
        #expect(infancy(events([("Connected", "Secondary", "UpToDate")])) == .over)
        #expect(infancy("exists -\n") == .down)
        #expect(infancy("exists resource name:web role:Secondary suspended:no\n") == .notYet("web has no volumes"))
    }

    @Test("Module 8.4 numbers its lines, and has one peer")
    func former() {
        let lines = """
            0 exists resource name:web role:Secondary suspended:no
            1 exists connection name:web local:ipv4:10.1.0.1:7001 peer:ipv4:10.1.0.2:7001 connection:Connected role:Secondary
            2 exists device name:web volume:0 minor:1 disk:Inconsistent
            3 exists peer-device name:web volume:0 replication:Established peer-disk:Inconsistent
            """
        #expect(infancy(lines) == .ready([0]))
    }

    @Test("The generation stands first, its lowest bit is no part of it")
    func generation() {
        #expect(DRBDDisks.generation(in: "0000000000000004:0000000000000000:1:2\n") == DRBDDisks.justCreated)
        #expect(DRBDDisks.generation(in: "0000000000000005:0:0:0\n0000000000000005:0:0:0\n") == DRBDDisks.justCreated)
        #expect(DRBDDisks.generation(in: "1234567890ABCDEF:0000000000000000\n") == 0x1234_5678_90AB_CDEE)
        #expect(DRBDDisks.generation(in: "") == nil && DRBDDisks.generation(in: "no generation") == nil)
    }
}
