import CIB
import ClusterModel
import Diagnostics
import Planning
import Repository
import Safety
import TestKit
import Testing

/// `@ID:passwd`: git refers to a value of which the cluster has the only copy.
@Suite("Secrets that only the cluster has")
struct SecretLossTests {
    private static let live = "primitive s stonith:fence_x params passwd=geheim ip=1"
    private static let reference = "primitive s stonith:fence_x params @s-instance_attributes-passwd:passwd ip=1"
    private static let word = "Allow-Destroy: secret/s"

    private func plan(_ desired: String, base: String = reference, live: String = live) throws -> Plan {
        try Scene(base: base, desired: desired, live: live).plan()
    }

    private func objections(_ plan: Plan, _ message: String = "remove it") -> [Objection] {
        let commit = Commit(id: .desired, tree: "t", author: "a", time: 0, message: message)
        switch Evidence(of: plan, commit: commit).judge() {
        case .approved: return []
        case .refused(let objections), .waiting(let objections), .undecided(let objections): return objections
        }
    }

    @Test("What takes the only copy along is refused, and the refusal says how to keep the value, and what lets it in")
    func refused() throws {
        let plan = try plan("")
        let objection = try #require(objections(plan).first)
        #expect(objection.kind == .refusal && objection.trailer == Self.word)
        #expect(objection.message == "s goes, and with it the only copy of its passwd: no revert brings that back")
        #expect(objection.description.contains("cibadmin --query --xpath \"//*[@id='s']\""))
        #expect(!objection.description.contains("geheim"))
    }

    @Test(
        "The commit's own word lets it in, and the loss stays on record; another's word does not",
        arguments: [(word, true), ("Allow-Destroy: secret/t", false)])
    func allowed(_ trailer: String, _ isIn: Bool) throws {
        let plan = try plan("")
        #expect(objections(plan, "remove it\n\n\(trailer)\n").isEmpty == isIn)
        #expect(plan.notices.contains { $0.severity == .warning && $0.message.contains("the only copy of its passwd") })
    }

    @Test("All that is lost is let in by one line")
    func several() throws {
        func both(_ text: String) -> String { text + "\n" + text.split(separator: " ").map { $0 == "s" ? "t" : $0 }.joined(separator: " ") }
        let reference = Self.reference + "\nprimitive t stonith:fence_x params @t-instance_attributes-passwd:passwd ip=1"
        let objection = try #require(objections(plan("", base: reference, live: both(Self.live))).first)
        #expect(objection.trailer == "Allow-Destroy: secret/s, secret/t")
        #expect(objection.message == "the only copies of these would be lost: passwd of s; passwd of t: no revert brings that back")
    }

    @Test(
        "A parameter that goes alone is lost too, and one that git gives another value; not one whose value git has from now on, or has had",
        arguments: [
            ("params ip=1", reference, false), ("params passwd=neu ip=1", reference, false), ("params passwd=geheim ip=2", reference, true),
            ("params $s-instance_attributes-passwd:passwd=neu ip=1", reference, false), ("params passwd=neu ip=1", live, true),
            ("params passwd=neu ip=1", "primitive s stonith:fence_x params ip=1", false),
            ("params @s-instance_attributes-passwd:passwd ip=2", reference, true),
        ])
    func parameter(_ desired: String, _ base: String, _ passes: Bool) throws {
        let objections = try objections(plan("primitive s stonith:fence_x \(desired)", base: base))
        #expect(objections.map(\.trailer) == (passes ? [] : [Self.word]))
        #expect(objections.allSatisfy { $0.message.hasPrefix("s loses the passwd that it has, and the cluster has the only copy") })
    }

    @Test("What is referred to and stands in git elsewhere is no loss")
    func elsewhere() throws {
        let git = "primitive a Dummy params $shared:fake=1\nprimitive b Dummy params @shared:fake"
        let other = "primitive a Dummy params $shared:fake=2\nprimitive b Dummy params @shared:fake"
        #expect(try objections(plan(other, base: git, live: git)).isEmpty)
    }

    @Test(
        "Asterisks, as a plan shows them, are no value",
        arguments: [
            ("params passwd=\"*****\"", true), ("params $p:passwd=***", true), ("params passwd=*", true), ("params hosts=*", false),
            ("params passwd=\"*a*\"", false),
        ])
    func asterisks(_ list: String, _ isRefused: Bool) throws {
        #expect(DesiredState(crm: "primitive s stonith:fence_x \(list)").errors.isEmpty != isRefused)
    }

    @Test("Nor are they in an element of the CIB")
    func escaped() throws {
        let text =
            "xml <primitive id=\"s\" class=\"stonith\" type=\"fence_x\"><instance_attributes id=\"i\"><nvpair id=\"n\" name=\"passwd\" value=\"****\"/></instance_attributes></primitive>"
        #expect(DesiredState(crm: text).errors.map(\.code) == ["CXS001"])
    }

    @Test("A password that git never mentioned goes with its object; one whose value git has does not")
    func unmentioned() throws {
        #expect(try objections(plan("", base: "primitive s stonith:fence_x params ip=1")).map(\.trailer) == [Self.word])
        #expect(try objections(plan("", base: Self.live)).isEmpty)
    }

    @Test("What is renamed takes its password along: nothing is lost")
    func renamed() throws {
        #expect(try objections(plan("primitive t stonith:fence_x params @s-instance_attributes-passwd:passwd ip=1")).isEmpty)
    }

    @Test("The revert of the deletion says that the value is gone, and goes through when somebody has brought it back")
    func reverted() throws {
        let error = try #require(throws: Findings.self) { try plan(Self.reference, base: "", live: "") }
        #expect(error.description.contains("it is gone, since git never had it, and a revert can't bring it back"))
        #expect(error.description.contains("create s in the cluster by hand, with its value"))
        #expect(try plan(Self.reference, base: "").changes.isEmpty)
    }

    @Test("A value that was never there is not said to be gone")
    func never() throws {
        let error = try #require(throws: Findings.self) { try plan(Self.reference, live: "") }
        #expect(error.description.contains("the cluster has no such value") && !error.description.contains("gone"))
    }
}
