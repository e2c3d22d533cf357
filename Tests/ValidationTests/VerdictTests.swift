import CIB
import Diagnostics
import Repository
import TestKit
import Testing
import Validation

/// What is told with a plan of what a commit changes: the same as validate says of it.
struct VerdictTests {
    private static let others = """
        primitive b ocf:pacemaker:Dummy op monitor interval=10s op monitor interval=10000ms
        property cib-bootstrap-options: stonith-enabled=false

        """

    @Test(
        "the commit's own mistakes, by code and place, and not those of others",
        arguments: [
            ("primitive a ocf:pacemaker:Dummy op monitor interval=10s op monitor interval=10000ms", "CXS109"),
            ("primitive a ocf:pacemaker:Dummy op monitor interval=10s on-fail=fence", "CXS146"),
            ("primitive a ocf:pacemaker:Dummy meta requires=fencing", "CXS146"),
            ("primitive a ocf:pacemaker:Dummy meta rule 0: date gt 2030-13-99 priority=1", "CXS139"),
            ("location a b rule 100: date spec hours=9-99", "CXS139"), ("primitive a ocf:pacemaker:Dummy op start interval=10s", "CXS124"),
            ("primitive a ocf:pacemaker:Dummy params fake=1 fake=2", "CXS126"),
            ("primitive a ocf:pacemaker:Dummy meta target-role=Promoted", "CXS127"),
            ("primitive a ocf:pacemaker:Dummy op stop interval=0 on-fail=stop", "CXS129"),
            ("primitive c ocf:pacemaker:Dummy\nclone a c meta clone-node-max=2", "CXS130"), ("bundle a podman image=i", "CXS137"),
            ("order a Mandatory: b b", "CXS125"), ("primitive a ocf:pacemaker:Dummy op monitor interval=10s on_fail=restart", "CXS136"),
            ("primitive a lsb:x params y=1", "CXS147"),
        ])
    func told(_ statement: String, _ code: String) throws {
        let state = DesiredState(crm: Self.others + statement + "\n")
        let changed = Set(state.declarations.map(\.object.id).filter { $0.name == "a" })
        #expect(changed.count == 1)
        let verdicts = Validation.judged(state).verdicts(on: changed)
        #expect(verdicts.map(\.code) == [code])
        #expect(verdicts.allSatisfy { $0.place?.line ?? 0 > 2 })
        #expect(Validation.findings(in: state).filter { $0.code == code }.contains(verdicts[0]))
        #expect(Validation.judged(state).verdicts(on: []) == [])
    }

    @Test("whoever switches fencing off answers for all that asks for it")
    func fencing() {
        let state = DesiredState(crm: Self.others + "primitive a ocf:pacemaker:Dummy meta requires=fencing\n")
        let property = Set(state.declarations.map(\.object.id).filter { $0.kind == .properties })
        #expect(Validation.judged(state).verdicts(on: property).map(\.code) == ["CXS146"])
    }
}
