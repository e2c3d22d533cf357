import CIB
import ClusterModel
import Planning
import TestKit
import Testing
import XML

/// A commit onto a cluster that has no record yet, as right after an import: what a file lists is the whole list.
struct FirstCommitTests {
    private static let live = """
        node 1: alpha
        node 2: bravo
        property cib-bootstrap-options: stonith-enabled=false
        primitive a ocf:pacemaker:Dummy
        primitive b ocf:pacemaker:Dummy
        primitive c ocf:pacemaker:Dummy
        primitive d ocf:pacemaker:Dummy
        group g a b c
        tag t a b
        role r1 read xpath:"/cib"
        role r2 write xpath:"/cib"
        acl_target u r1 r2
        alert al /bin/mail to one to two

        """

    @Test(
        "members, tagged things and roles become what the file says; crmsh makes the same of it",
        arguments: [
            "group g d a", "group g b a", "group g a\nprimitive b ocf:pacemaker:Dummy", "tag t d a", "tag t b", "acl_target u r1",
            "role r3 deny xpath:\"/cib\"\nacl_target u r3", "role r1 write ref:a", "alert al /bin/mail to one to three",
        ])
    func wholeLists(_ words: String) async throws {
        let named = Set(words.split(separator: "\n").flatMap { $0.split(separator: " ").dropFirst() }.map(String.init))
        let others = Self.live.split(separator: "\n").filter { line in
            ["primitive", "role"].contains { line.hasPrefix($0) } && named.contains(String(line.split(separator: " ")[1]))
                && !words.contains(line.split(separator: " ").prefix(2).joined(separator: " "))
        }
        let desired = (others + [Substring(words)]).joined(separator: "\n") + "\n"
        let scene = Scene(base: nil, desired: desired, live: Self.live)
        let plan = try scene.plan()
        #expect(plan.unmanaged.filter { $0.path != nil } == [])
        let (result, output) = try await Twin(of: plan.live).update(desired)
        #expect(plan.wanted.differences(from: result).filter { !$0.contains("coxswain") } == [], "\(output)")
        #expect(try scene.carryingOut(plan).plan().changes == [])
    }

    @Test("what others add later is theirs, and what stands alone from now on goes on")
    func later() throws {
        let git = "primitive a ocf:pacemaker:Dummy\ngroup g a\n"
        let more = "primitive x ocf:pacemaker:Dummy\nprimitive a ocf:pacemaker:Dummy\ngroup g a x\n"
        let later = try Scene(base: git, desired: git, live: more).plan()
        #expect(later.changes == [] && later.unmanaged.count == 2)
        let first = try Scene(base: nil, desired: git, live: more).plan()
        #expect(first.wanted.resource("g")?.children.map(\.id) == ["a"] && first.wanted.resource("x") != nil)
    }
}
