import LiveState
import Testing

/// As the kernel's words for both sides are read.
struct DisturbanceTests {
    private func disturbance(_ disks: [String], _ connection: String, _ theirs: [String]) -> Disturbance? {
        Replication(
            name: "r", role: "Primary", disks: disks,
            peers: [.init(name: "bravo", connection: connection, role: "Secondary", disks: theirs)]
        ).disturbance
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
}
