import CIB
import ClusterModel
import Diagnostics
import LiveState
import Records
import Testing
import XML

@Suite("A suspension in the cluster's record")
struct SuspensionRecordTests {
    private func cib(suspended value: String) throws -> CIB {
        let pair = #"<nvpair id="coxswain-suspended" name="suspended" value="\#(value)"/>"#
        let sets = #"<cluster_property_set id="coxswain">\#(pair)</cluster_property_set>"#
        let text = """
            <cib validate-with="pacemaker-3.0" admin_epoch="0" epoch="1" num_updates="0"><configuration>\
            <crm_config>\(sets)</crm_config><nodes/><resources/><constraints/></configuration></cib>
            """
        return try CIB(parsing: SourceText(path: "cib.xml", text: text))
    }

    @Test(
        "It is read as it was written",
        arguments: [
            Suspension(by: "root@alpha", reason: "a new kernel / \"grub\" <x>", since: 1_764_530_000, until: 1_764_537_200),
            Suspension(by: "root@alpha", since: 1_764_530_000),
            Suspension(by: "root @ alpha\n", reason: String(repeating: "é", count: 500), since: 0, until: 1),
        ])
    func roundTrip(_ suspension: Suspension) throws {
        let empty = try cib(suspended: "x")
        var edits = Edits()
        ClusterRecord(suspension: suspension).write(to: &edits, of: empty)
        let after = empty.applying(edits)
        let written = try #require(after[ClusterRecord.set])
        #expect(written.element.children.first?["value"]?.utf8.count ?? 999 < 400)
        let read = ClusterRecord(in: after)
        #expect(read.suspension == suspension && read.applied == nil)
    }

    @Test("What a person has put there in words of their own suspends without an end", arguments: ["yes", "", "2026/x by me", "until monday"])
    func words(_ value: String) throws {
        let live = LiveState(node: "alpha", cib: try cib(suspended: value), time: 4_000_000_000)
        #expect(live.suspension?.until == nil && live.suspension?.by == "somebody")
    }

    @Test("It ends with its time")
    func end() throws {
        let cib = try cib(suspended: "2026-11-30T20:00:00Z/2026-11-30T22:00:00Z root@alpha why")
        let begin: Int64 = 1_796_068_800
        #expect(
            LiveState(node: "alpha", cib: cib, time: begin).suspension?.description
                == "since 2026-11-30T20:00:00Z until 2026-11-30T22:00:00Z by root@alpha: why")
        #expect(LiveState(node: "alpha", cib: cib, time: begin + 7199).suspension != nil)
        #expect(LiveState(node: "alpha", cib: cib, time: begin + 7200).suspension == nil)
    }
}
