import CIB
import ClusterModel
import Planning
import Presenting
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
}
