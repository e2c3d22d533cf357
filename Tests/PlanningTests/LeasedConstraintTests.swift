import CIB
import Diagnostics
import Planning
import Repository
import Steps
import TestKit
import Testing
import Validation

/// Constraints that are made for a time, and that an import of another day has brought into git.
struct LeasedConstraintTests {
    private static let storage = """
        primitive r0 ocf:linbit:drbd params drbd_resource=r0
        clone ms-r0 r0 meta promotable=true
        primitive a Dummy

        """

    static let leased = [
        "location drbd-fence-by-handler-r0-ms-r0 ms-r0 rule $role=Promoted -inf: #uname ne alice\n",
        "location site-a-ms-r0 ms-r0 rule $role=Master -inf: #uname ne alice\n", "location cli-ban-a-on-bob a role=Started -inf: bob\n",
    ]

    private func plan(_ base: String?, _ desired: String, live: String) throws -> Plan {
        try Scene(base: base.map { Self.storage + $0 }, desired: Self.storage + desired, live: Self.storage + live).plan()
    }

    @Test("one that whoever made it has taken away is not made anew, and that is said with its place", arguments: leased)
    func gone(_ constraint: String) throws {
        for base in [nil, constraint] {
            let plan = try plan(base, constraint, live: "")
            #expect(plan.changes == [])
            let notice = try #require(plan.notices.first { $0.message.contains("is left as it is") })
            #expect(notice.place?.line == 4 && notice.remedy?.contains("remove it from the repository") == true, "\(notice)")
        }
    }

    @Test("one that is there is held, whatever git says of it, and when git lets go of it", arguments: leased)
    func present(_ constraint: String) throws {
        let other = constraint.split(separator: " ").map { $0 == "alice\n" ? "carol\n" : $0 == "bob\n" ? "carol\n" : String($0) }.joined(
            separator: " ")
        for desired in [constraint, other, ""] {
            let plan = try plan(constraint, desired, live: constraint)
            #expect(plan.changes == [])
            #expect(plan.held.map(\.object.name) == [String(constraint.split(separator: " ")[1])])
        }
    }

    @Test("validate says so of each, by name or by form", arguments: leased)
    func found(_ constraint: String) {
        let findings = Validation.findings(in: DesiredState(crm: Self.storage + constraint)).filter { $0.code == "CXS118" }
        #expect(findings.count == 1 && findings.first?.place?.line == 4)
    }

    @Test(
        "what only looks like one is git's own",
        arguments: [
            "location site-a ms-r0 rule $role=Promoted -inf: #uname ne alice\n", "location x-a a rule -inf: #uname ne alice\n",
            "location x-ms-r0 ms-r0 rule $role=Promoted 100: #uname eq alice\n",
        ])
    func own(_ constraint: String) throws {
        #expect(try plan("", constraint, live: "").changes.map(\.action) == [.create])
    }
}
