import CIB
import ClusterModel
import Diagnostics
import FoundationEssentials
import Planning
import Presenting
import Records
import TestKit
import Testing

struct NoteRecordTests {
    private func record(_ result: CommitResult = .converged, node: String = "alice") -> NoteRecord {
        NoteRecord(
            result: result, cluster: "tutorial", node: node, commit: .desired,
            started: Date(timeIntervalSince1970: 1_700_000_000), finished: Date(timeIntervalSince1970: 1_700_000_009))
    }

    private static let bound = 16 << 10

    @Test("a person reads what happened, a program reads the same from the last line")
    func text() throws {
        let scene = Scene(
            base: "primitive a Dummy", desired: "primitive a Dummy params fake=1",
            live: "primitive a Dummy meta target-role=Stopped")
        let plan = try scene.plan()
        var record = record()
        record.hold(plan)
        record.carriedOut(plan)
        (record.cibBefore, record.cibAfter) = ("0.2.0", "0.3.0")
        #expect(
            record.text == """
                coxswain: converged on alice, cluster tutorial, 2023-11-14T22:13:29Z
                CIB 0.2.0 -> 0.3.0

                change primitive a

                held: a: meta target-role is Stopped (resource-state)

                configure
                load update -
                property coxswain: \\
                \tapplied=\(CommitID.desired)
                primitive a Dummy \\
                \tmeta target-role=Stopped \\
                \tparams fake=1

                --- coxswain note 1
                {"changes":[{"action":"change","kind":"primitive","name":"a"}],"cibAfter":"0.3.0","cibBefore":"0.2.0",\
                "cluster":"tutorial","commit":"\(CommitID.desired)","files":[],"finished":"2023-11-14T22:13:29Z",\
                "held":["a: meta target-role is Stopped (resource-state)"],"node":"alice","result":"converged",\
                "started":"2023-11-14T22:13:20Z","version":1}

                """)
        record.script = nil
        #expect(NoteRecord.records(in: record.text) == [record])
    }

    @Test("what drives a terminal is written as an escape, and comes back", arguments: ["\u{7F}", "\u{9B}2J", "\u{202E}", "\u{1B}[2J", "a\nb"])
    func controls(_ text: String) throws {
        var record = record(.failed)
        record.error = text
        #expect(record.text.terminalSafe == record.text)
        #expect(NoteRecord.records(in: record.text).map(\.error) == [text])
    }

    @Test("a note that has grown holds all its records, oldest first; other people's notes hold none")
    func records() {
        let (first, second) = (record(.failed), record(.converged))
        #expect(NoteRecord.records(in: first.text + "\n" + second.text) == [first, second])
        #expect(NoteRecord.records(in: "Reviewed-by: somebody\n") == [])
        #expect(NoteRecord.records(in: "--- coxswain note 1\nnot json\n") == [])
        #expect(NoteRecord.records(in: "") == [])
    }

    @Test("a note stays within 16 KiB, whatever it has to tell", arguments: ["x", "\u{1}", "\"", "ü", "🚢", "\n"])
    func bounded(_ character: String) {
        var record = record(.failed, node: String(repeating: "n", count: 60))
        let long = String(repeating: character, count: 40_000)
        record.error = long
        record.script = long
        record.held = (0..<200).map { "\($0)" + long.prefix(3000) }
        record.changes = (0..<200).map { .init(action: "create", kind: "primitive", name: "\($0)" + long.prefix(300)) }
        record.files = (0..<200).map { .init(action: "change", kind: "drbd", name: "\($0)" + long.prefix(4000)) }
        record.remarks = (0..<200).map { "\($0)" + long.prefix(3000) }
        record.waiting = .init(for: "gate", since: Date(), until: Date())
        let text = record.text
        #expect(text.utf8.count <= Self.bound)
        #expect(NoteRecord.records(in: text).map(\.result) == ["failed"])
    }

    @Test("what Pacemaker says of a result that it takes is there for people and for programs; a note of an older version has none")
    func remarks() throws {
        var record = record()
        record.remarks = ["warning: Support for stonith-action of 'poweroff' is deprecated"]
        #expect(record.text.contains("\nPacemaker says: warning: Support for stonith-action of 'poweroff' is deprecated\n"))
        #expect(NoteRecord.records(in: record.text) == [record])
        #expect(NoteRecord.records(in: self.record().text).first?.remarks == nil)
    }

    @Test("control characters drive nobody's terminal, and an error can't pose as a record")
    func harmless() {
        var record = record(.failed)
        let forged = NoteRecord.records(in: self.record(.converged).text).first?.text.split(separator: "\n").suffix(2) ?? []
        record.error = "drbdadm said \u{1B}[2J\u{7}\r\n" + forged.joined(separator: "\n")
        record.held = ["a\u{1B}[31m"]
        record.node = "al\u{1B}ice\nbob"
        let text = record.text
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
        #expect(NoteRecord.records(in: text).map(\.result) == ["failed"])
    }
}
