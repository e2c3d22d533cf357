import LiveState
import Testing

/// As the kernel's words for both sides are read.
struct DisturbanceTests {
    private func disturbance(
        _ disks: [String], _ connection: String, _ theirs: [String], _ replication: String = "Established", isThere: Bool = false
    )
        -> Disturbance?
    {
        Replication(
            name: "r", role: "Primary", disks: disks,
            peers: [.init(name: "bravo", connection: connection, role: "Secondary", disks: theirs, replications: [replication])]
        ).disturbance { _ in isThere }
    }

    @Test("well, or only alone for a while")
    func well() {
        #expect(disturbance(["UpToDate"], "Connected", ["UpToDate"]) == nil)
        for connection in ["Connecting", "WFConnection", "Timeout", "NetworkFailure"] {
            #expect(disturbance(["UpToDate"], connection, ["DUnknown"]) == nil)
            #expect(disturbance(["UpToDate"], connection, ["Outdated"]) == nil)
        }
    }

    @Test("apart, without a disk, on the way to good data, without anyone to get them from")
    func disturbed() {
        #expect(disturbance(["UpToDate"], "StandAlone", ["DUnknown"]) == .apart(peer: "bravo", here: "Primary UpToDate"))
        #expect(disturbance(["Diskless"], "Connected", ["UpToDate"]) == .diskless)
        #expect(disturbance(["UpToDate", "Failed"], "Connected", ["UpToDate", "UpToDate"]) == .diskless)
        #expect(disturbance(["Inconsistent"], "Connected", ["UpToDate"]) == .synchronising)
        #expect(disturbance(["UpToDate"], "Connected", ["Inconsistent"]) == .synchronising)
        #expect(disturbance(["UpToDate"], "SyncSource", ["Inconsistent"]) == .synchronising)
        #expect(disturbance(["Inconsistent"], "Connecting", ["DUnknown"]) == .inconsistent)
        #expect(disturbance(["Inconsistent"], "Connected", ["Inconsistent"]) == .inconsistent)
    }

    @Test("old data on a side, a peer without good ones, a comparison that runs")
    func poor() {
        for state in ["Outdated", "Consistent"] { #expect(disturbance([state], "Connecting", ["DUnknown"]) == .outdated(state)) }
        for disk in ["Outdated", "Diskless", "Failed"] {
            #expect(disturbance(["UpToDate"], "Connected", [disk]) == .poorPeer("bravo", disk: disk))
        }
        for state in ["VerifyS", "VerifyT", "Ahead", "Behind", "WFBitMapS"] {
            #expect(disturbance(["UpToDate"], "Connected", ["UpToDate"], state) == .busy(state))
            #expect(disturbance(["UpToDate"], state, ["UpToDate"], "") == .busy(state), "as module 8.4 has it")
        }
        #expect(Disturbance.busy("VerifyS").endsByItself && !Disturbance.outdated("Outdated").endsByItself)
    }

    @Test("a peer whose host is there ought to be connected; one that is off is only missed")
    func away() {
        for connection in ["Connecting", "WFConnection", "NetworkFailure", "Unconnected"] {
            #expect(disturbance(["UpToDate"], connection, ["Outdated"], isThere: true) == .away(peer: "bravo", connection: connection))
            #expect(disturbance(["UpToDate"], connection, ["Outdated"]) == nil)
        }
    }
}
