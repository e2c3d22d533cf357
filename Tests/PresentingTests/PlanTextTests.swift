import CIB
import ClusterModel
import FoundationEssentials
import Planning
import Presenting
import Records
import Repository
import Safety
import TestKit
import Testing
import XML

/// What a plan looks like is written in the golden cases of planning; here is what no case should show.
struct PlanTextTests {
    private func lines(_ plan: Plan, _ style: Style = .plain) -> [String] {
        let commit = Commit(id: .desired, tree: "", author: "", time: 0, message: "subject \u{1B}[2J\n\nbody")
        return PlanText(Evidence(of: plan, commit: commit), style: style).lines
    }

    @Test("no value can drive the terminal or pose as a line of the plan")
    func harmless() throws {
        var edits = Edits()
        let pair = Element("nvpair", ["id": "i", "name": "x", "value": "\u{1B}[31m\n- primitive b\tc\u{7}"])
        let set = Element("instance_attributes", ["id": "s"], children: [pair])
        let evil = Element("primitive", ["id": "a", "class": "ocf", "provider": "p", "type": "T"], children: [set])
        edits.add(CIBObject(id: ObjectID(.resource, "a"), element: evil))
        let scene = Scene(
            base: nil, desired: .init(crm: "primitive a ocf:p:T params x=1"), live: CIB.empty.applying(edits))
        let text = lines(try scene.plan())
        #expect(!text.contains { $0.contains("\n") || $0.unicodeScalars.contains { $0.value < 0x20 } })
        #expect(text.contains { $0.contains("\\n- primitive b") })
    }

    @Test("colour changes nothing but the colour")
    func colour() throws {
        let plan = try Scene(base: "primitive a Dummy", desired: "primitive b Dummy params x=1").plan()
        let coloured = lines(plan, Style(isColoured: true)).joined(separator: "\n")
        let plain = coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "")
        #expect(coloured != plain)
        #expect(plain == lines(plan).joined(separator: "\n"))
    }

    @Test("a plan that does nothing says so, and whether it writes its record")
    func nothing() throws {
        let crm = "primitive a Dummy"
        let unrecorded = try Scene(base: crm, desired: crm).plan()
        #expect(lines(unrecorded).last == "Nothing to do, but for the record of the commit; 0 held, 0 unmanaged.")
        let recorded = try Scene(base: .init(crm: crm), desired: .init(crm: crm), live: unrecorded.wanted).plan()
        #expect(lines(recorded).last == "Nothing to do; 0 held, 0 unmanaged.")
    }

    @Test(
        "no part of an object is shown as XML, whatever it is",
        arguments: [
            ("", "order o Mandatory: a ( b c )", ["set  ( b c )"]),
            ("colocation c1 inf: ( a b ) c", "colocation c1 inf: ( b a ) c", ["set  ( a b )  ->  ( b a )"]),
            ("colocation c1 inf: ( a b ) c", "colocation c1 inf: c ( b a )", ["set  ( a b )  ->  c", "set  c  ->  ( b a )"]),
            ("alert al /bin/true to /x", "alert al /bin/true to /x to { /y attributes k=v } select nodes", ["to /y  params k=v", "select  nodes"]),
            ("", "alert al /bin/true to /x", ["to /x"]), ("tag t a b", "tag t a c", ["b  ->  (removed)", "c"]),
            ("", "fencing_topology alpha: f1", ["alpha: f1  level 1"]),
            (
                "", "bundle bu docker image=x network control-port=3121 port-mapping port=80 storage storage-mapping target-dir=/t source-dir=/s",
                [
                    "docker  image=x", "network  control-port=3121 port-mapping port=80",
                    "storage  storage-mapping target-dir=\"/t\" source-dir=\"/s\"",
                ]
            ),
            ("", "role r read xpath:\"//nodes\" deny ref:a", ["permission  read xpath:\"//nodes\"", "permission  deny ref:a"]),
            (
                "location l a rule 100: #uname eq alpha", "location l a rule 100: #uname eq alpha and date gt 2020-01-01",
                ["rule date_expression  date gt 2020-01-01"]
            ),
            (
                "primitive u Dummy utilization 100: cpu=1 memory=2", "primitive u Dummy utilization 200: cpu=1 memory=3",
                ["utilization score  100  ->  200", "utilization memory  2  ->  3"]
            ),
        ])
    func parts(_ base: String, _ desired: String, _ expected: [String]) throws {
        let others = "primitive a Dummy\nprimitive b Dummy\nprimitive c Dummy\nprimitive f1 stonith:null\n"
        let plan = try Scene(base: others + base, desired: others + desired).plan()
        let text = lines(plan).map { $0.drop { $0 == " " }.replacing(#/ {2,}/#, with: "  ") }
        #expect(!text.contains { $0.contains("<") || $0.contains("\\n") }, "\(text)")
        for line in expected { #expect(text.contains { $0 == line }, "\(line) is missing:\n\(text.joined(separator: "\n"))") }
    }

    @Test("what Pacemaker says of a result that it takes is shown")
    func remarks() throws {
        var evidence = Evidence(of: try Scene(base: "", desired: "primitive a Dummy").plan(), commit: nil)
        evidence.verification = .remarks(["warning: restart-type is deprecated"])
        let text = PlanText(evidence, style: .plain).lines
        #expect(text.contains("Pacemaker takes the result, and says") && text.contains("  warning: restart-type is deprecated"))
        #expect(evidence.objections.isEmpty)
    }

    @Test("what differs from the commit in force is called drift")
    func drift() throws {
        let state = DesiredState(crm: "primitive a Dummy params x=1")
        let live = CIB(crm: "primitive a Dummy params x=2", applied: .desired)
        let drift = try Scene(base: state, desired: state, live: live).plan()
        #expect(lines(drift).first?.hasSuffix("in force already: what differs is drift") == true, "\(lines(drift))")
        #expect(lines(try Scene(base: "primitive a Dummy", desired: "primitive b Dummy").plan()).first?.contains("drift") == false)
    }

    @Test("of two long values what differs is shown, and little else")
    func longValues() throws {
        let (head, tail) = (String(repeating: "a", count: 200), String(repeating: "z", count: 200))
        let plan = try Scene(base: "primitive r Dummy params x=\(head)OLD\(tail)", desired: "primitive r Dummy params x=\(head)NEW!\(tail)").plan()
        let line = try #require(lines(plan).first { $0.contains("OLD") })
        #expect(line.contains("…aaaaaaaaaaaaOLDzzzzzzzzzzzz…") && line.contains("…aaaaaaaaaaaaNEW!zzzzzzzzzzzz…"), "\(line)")
        let longer = try Scene(base: "primitive r Dummy params x=a", desired: "primitive r Dummy params x=\(head)").plan()
        #expect(lines(longer).contains { $0.contains(" a ") && $0.contains(head) })
    }

    @Test("a subject of any length is a line")
    func subject() {
        let commit = Commit(id: .desired, tree: "", author: "", time: 0, message: String(repeating: "x", count: 2_000_000) + "\nbody")
        #expect(commit.title.count == 101 && commit.title.hasSuffix("…"))
        #expect(Commit(id: .desired, tree: "", author: "", time: 0, message: "short\nbody").title == "short")
    }
}

struct HistoryTableTests {
    private func record(_ node: String, _ result: CommitResult, _ minute: Double, _ error: String? = nil, cluster: String = "c") -> NoteRecord {
        let date = Date(timeIntervalSince1970: 1_700_000_000 + minute * 60)
        var record = NoteRecord(result: result, cluster: cluster, node: node, commit: .desired, started: date, finished: date)
        record.error = error
        return record
    }

    private func lines(_ records: [NoteRecord]) -> [String] {
        let commit = Commit(id: .desired, tree: "", author: "", time: 0, message: "subject")
        return HistoryTable([HistoryEntry(commit: commit, records: records)], style: .plain).lines
    }

    @Test("a commit that waits has not ended: what for, since when, and until when, as long as no node has more to say")
    func waiting() {
        let date = Date(timeIntervalSince1970: 1_700_000_000)
        var record = NoteRecord(
            waiting: .init(for: "gate", since: date, until: date.addingTimeInterval(600)), cluster: "c", node: "alice", commit: .desired,
            started: date, written: date)
        record.error = "the cluster is in maintenance"
        let waiting = lines([record])
        #expect(waiting[1].contains("  -  ") && waiting[1].contains("waiting"), "\(waiting)")
        #expect(waiting[2].hasSuffix("alice: the cluster is in maintenance (since 2023-11-14T22:13Z, until 2023-11-14T22:23Z)"), "\(waiting)")
        let mixed = lines([record, self.record("bob", .failed, 3, "no space")])
        #expect(mixed[1].contains("2023-11-14T22:16Z") && mixed[1].contains("failed,waiting"), "\(mixed)")
    }

    @Test("when a commit ended, not when it was made; a reason once, whoever gives it; no cluster's name where there is one")
    func table() {
        let text = lines([record("alpha", .refused, 0, "no disk\nmore"), record("bravo", .refused, 5, "no disk")])
        #expect(text.count == 3)
        #expect(text[1].contains("2023-11-14T22:18Z  refused  alpha bravo  subject"))
        #expect(text[2].hasSuffix("  alpha, bravo: no disk"))
        #expect(lines([record("alpha", .converged, 0), record("alpha", .converged, 0, cluster: "d")])[1].contains("c/alpha d/alpha"))
        #expect(lines([])[1].contains("-"))
    }
}
