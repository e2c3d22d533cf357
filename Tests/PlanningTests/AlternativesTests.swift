import CIB
import Diagnostics
import Planning
import TestKit
import Testing

/// What excludes what: git's word takes the place of the other one, whether or not git is known to have had that.
struct AlternativesTests {
    private static let others = "primitive a Dummy\nprimitive b Dummy\nprimitive c Dummy\nrsc_template t Dummy\nnode n\n"

    static let rows = [
        (
            "bundle x docker image=i network ip-range-start=10.0.0.1 port-mapping id=m port=80 primitive a",
            "bundle x docker image=i network ip-range-start=10.0.0.1 port-mapping id=m range=80-85 primitive a"
        ),
        (
            "bundle x docker image=i network port-mapping id=m port=80 internal-port=8080 primitive a",
            "bundle x docker image=i network port-mapping id=m range=80-85 primitive a"
        ),
        (
            "bundle x docker image=i storage storage-mapping id=s source-dir=/a target-dir=/t primitive a",
            "bundle x docker image=i storage storage-mapping id=s source-dir-root=/b target-dir=/t primitive a"
        ),
        ("bundle x docker image=i masters=1 primitive a", "bundle x docker image=i promoted-max=2 primitive a"),
        ("bundle x docker image=i primitive a", "bundle x rkt image=i primitive a"),
        ("primitive x Dummy op monitor interval=10s start-delay=5", "primitive x Dummy op monitor interval=10s interval-origin=0"),
        ("primitive x Dummy params fake=1", "primitive x @t params fake=1"), ("primitive x ocf:pacemaker:Dummy", "primitive x systemd:cron"),
        ("location x a 100: n", "location x /a.*/ 100: n"), ("location x a 100: n", "location x a rule 50: #uname eq n"),
        ("location x a rule 50: #uname eq n", "location x a 100: n"), ("location x a role=Started 100: n", "location x { a b } 100: n"),
        ("colocation x inf: a b node-attribute=rack", "colocation x inf: ( a b ) c"), ("colocation x inf: ( a b ) c", "colocation x inf: a b"),
        ("order x Mandatory: a:start b:stop", "order x Optional: a ( b c )"), ("order x a ( b c )", "order x a b"),
        ("rsc_ticket x T: a:Started", "rsc_ticket x T: a b"),
    ]

    @Test("right after an import, and later", arguments: rows.indices, [true, false])
    func replaced(_ index: Int, _ isKnown: Bool) throws {
        let (former, latter) = Self.rows[index]
        let scene = Scene(base: isKnown ? Self.others + former : nil, desired: Self.others + latter, live: Self.others + former)
        let plan = try scene.plan()
        #expect(plan.misfits == [])
        #expect(plan.changes.map(\.id.name) == ["x"])
        #expect(plan.wanted.differences(from: CIB(crm: Self.others + latter, applied: .desired)) == [], "\(plan.changes)")
        #expect(try scene.carryingOut(plan).plan().changes == [])
    }
}
