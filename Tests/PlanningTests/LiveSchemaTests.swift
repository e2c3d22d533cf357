import CIB
import ClusterModel
import Diagnostics
import Host
import LiveState
import Planning
import Repository
import Safety
import TestKit
import Testing
import XML

@Suite("What the live cluster's schema does not know")
struct LiveSchemaTests {
    /// A statement with a construct, the word that is wrong, the schema that has it first, and the one before that.
    struct Novelty: CustomTestStringConvertible {
        let statement: String
        let marks: String
        let came: String
        let before: String

        init(_ statement: String, _ marks: String, _ before: String, _ came: String) {
            self.statement = statement
            self.marks = marks
            self.before = before
            self.came = came
        }

        var testDescription: String { "\(came): \(statement)" }
    }

    static let novelties = [
        Novelty("rsc_template t ocf:heartbeat:Dummy", "t", "1.0", "1.2"),
        Novelty("primitive n systemd:cron", "systemd", "1.0", "1.2"),
        Novelty("primitive n Dummy utilization cpu=1", "utilization", "1.0", "1.2"),
        Novelty("rsc_ticket t T: a", "t", "1.0", "1.2"),
        Novelty("location l a role=Started 100: alice", "Started", "1.0", "1.2"),
        Novelty("order o Mandatory: [ a b ] c", "o", "1.0", "1.2"),
        Novelty("fencing_topology alice: f", "fencing_topology alice: f", "1.0", "1.2"),
        Novelty("tag t a b", "t", "1.2", "1.3"),
        Novelty("location l a resource-discovery=never 100: alice", "never", "2.1", "2.2"),
        Novelty("fencing_topology attr:rack=1 f", "rack", "2.3", "2.4"),
        Novelty("alert al /bin/true", "al", "2.4", "2.5"),
        Novelty("location l /a.*/ 100: alice", "/a.*/", "2.5", "2.6"),
        Novelty("bundle bu docker image=x primitive a", "bu", "2.7", "2.8"),
        Novelty("location l a rule 100: x eq meta{y}", "meta", "2.8", "2.9"),
        Novelty("bundle bu rkt image=x primitive a", "rkt", "2.9", "2.10"),
        Novelty("bundle bu docker image=x promoted-max=1 primitive a", "1", "2.10", "3.0"),
        Novelty("bundle bu podman image=x primitive a", "podman", "3.1", "3.2"),
        Novelty("primitive n Dummy op monitor interval=10s on-fail=demote", "demote", "3.3", "3.4"),
        Novelty("location l a rule 100: x integer:lt 5", "integer", "3.4", "3.5"),
    ]

    static let basis = "primitive a Dummy\nprimitive b Dummy\nprimitive c Dummy\nprimitive f stonith:null params hostlist=alice\n"

    @Test("is said with the schema that has it, at its place", arguments: novelties)
    func came(_ novelty: Novelty) throws {
        let misfits = try plan(novelty.statement, "pacemaker-\(novelty.before)").misfits
        let finding = try #require(misfits.first)
        #expect(finding.code == "CXS108")
        #expect(finding.message.hasSuffix("came with schema pacemaker-\(novelty.came); this cluster validates with pacemaker-\(novelty.before)"))
        let place = try #require(finding.place)
        #expect(place.line == 5 && place.text.dropFirst(place.column - 1).prefix(place.length) == novelty.marks, "\(finding)")
        #expect(try plan(novelty.statement, "pacemaker-\(novelty.came)").misfits == [])
    }

    @Test(
        "the roles are written as the schema spells them",
        arguments: [
            ("colocation n inf: a:Unpromoted b:Promoted", "rsc-role=Slave with-rsc-role=Master"),
            ("location n a rule $role=Promoted 100: #uname eq alice", "role=Master"),
            ("colocation n inf: ( a:Promoted b:Promoted ) c", "role=Master"),
            ("primitive n Dummy op monitor interval=10s role=Promoted", "role=Master"),
        ])
    func roles(_ statement: String, _ words: String) throws {
        for schema in ["pacemaker-1.2", "pacemaker-3.6"] {
            let plan = try plan(statement, schema)
            #expect(plan.misfits == [])
            let element = plan.wanted.objects.first { $0.id.name == "n" }?.element
            #expect(element?.roles.joined(separator: " ") == words)
        }
        #expect(
            try plan(statement, "pacemaker-3.7").wanted.objects.first { $0.id.name == "n" }?.element.roles.contains { $0.hasSuffix("romoted") }
                == true)
        var scene = Scene(base: Self.basis + statement + "\n", desired: Self.basis + statement + "\n", live: Self.basis + statement + "\n")
        scene.live = scene.live.validating(with: "pacemaker-3.6")
        #expect(try scene.plan().changes == [])
    }

    @Test("and so is what newer schemas have given up")
    func went() throws {
        let misfits = try plan("primitive n Dummy meta isolation=docker", "pacemaker-3.0").misfits
        #expect(misfits.map(\.message) == ["n: isolation went with schema pacemaker-3.0; this cluster validates with pacemaker-3.0"])
    }

    @Test("What was there already is not the commit's fault")
    func existing() throws {
        let odd = Self.basis + "primitive n Dummy op monitor interval=10s on-fail=demote\n"
        var scene = Scene(base: odd, desired: odd + "primitive m Dummy\n")
        scene.live = scene.live.validating(with: "pacemaker-2.0")
        #expect(try scene.plan().misfits == [])
        scene = Scene(base: scene.base, desired: .init(crm: odd.replacing("10s", with: "20s")), live: scene.live)
        #expect(try scene.plan().changes.count == 1 && scene.plan().misfits == [])
    }

    @Test("Schemas that are not ours to judge are left to Pacemaker", arguments: ["none", "pacemaker-next", "pacemaker-3.10", "pacemaker-4.0"])
    func unknown(_ schema: String) throws {
        #expect(try plan("tag t a b", schema).misfits == [])
    }

    @Test("A cluster that validates with none may refer to nothing; what refers to it stays, and more does not come")
    func dangling() throws {
        let odd = "primitive a Dummy\nlocation l gone 1: alice\ncolocation c 1: a gone\n"
        var scene = Scene(base: odd, desired: odd + "primitive b Dummy\n")
        scene.live = scene.live.validating(with: "none")
        #expect(try scene.plan().changes.map(\.id.name) == ["b"])
        scene = Scene(base: scene.base, desired: .init(crm: odd + "order o a gone\n"), live: scene.live)
        let refusal = #expect(throws: Findings.self) { try scene.plan() }
        #expect(refusal?.all.map(\.message) == ["o refers to \"gone\", and no such resource is declared"])
    }

    @Test("The gate refuses it, with the line and the remedy")
    func refused() throws {
        let plan = try plan("tag t a b", "pacemaker-1.2")
        guard case .refused(let reasons) = Evidence(of: plan, commit: nil).judge() else {
            Issue.record("it was let through")
            return
        }
        #expect(
            reasons.map(\.description) == [
                """
                crm/cluster.crm:5:5: error[CXS108]: t: tags came with schema pacemaker-1.3; this cluster validates with pacemaker-1.2
                    tag t a b
                        ^
                    do without; or move the cluster on by hand, with "cibadmin --upgrade --force"
                """
            ])
    }

    @Test("A node without a type, which the first schema wants, is told of before Pacemaker's tools refuse what is written")
    func untypedNode() throws {
        var scene = Scene(base: nil, desired: DesiredState(crm: "primitive a Dummy\n"), live: CIB(crm: "node 1: alice\n"))
        #expect(try scene.plan().misfits.isEmpty)
        scene.live = scene.live.validating(with: "pacemaker-1.0")
        #expect(try scene.plan().misfits.map(\.message).first?.hasPrefix("node alice has no type in the live CIB") == true)
        scene.live = CIB(crm: "node 1: alice:normal\n").validating(with: "pacemaker-1.0")
        #expect(try scene.plan().misfits.isEmpty)
    }

    private func plan(_ statement: String, _ schema: String) throws -> Plan {
        var scene = Scene(base: Self.basis, desired: Self.basis + statement + "\n")
        scene.live = scene.live.validating(with: schema)
        return try scene.plan()
    }
}

extension Element {
    fileprivate var roles: [String] {
        let own = attributes.filter { $0.name.hasSuffix("role") }.map { "\($0.name)=\($0.value)" }
        return own + children.flatMap(\.roles)
    }
}

extension CIB {
    fileprivate func validating(with schema: String) -> CIB {
        var root = root
        root["validate-with"] = schema
        return CIB(root)
    }
}

extension String {
    fileprivate func replacing(_ part: String, with other: String) -> String {
        split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    }

    @Test(
        "a schema that no Pacemaker has is refused with its name, where something is to be done; crm_verify takes none of them either",
        arguments: [
            ("foo", true), ("", true), ("pacemaker-0.6", true), ("transitional-0.6", true), ("pacemaker-1.1", true), ("pacemaker-2.11", true),
            ("pacemaker-3.9", false),
            ("none", false),
        ])
    func unreadable(_ schema: String, _ isRefused: Bool) async throws {
        func live(_ crm: String) -> CIB {
            var root = CIB(crm: crm, applied: .desired).root
            root["validate-with"] = schema
            return CIB(root)
        }
        let text = "property stonith-enabled=false\n"
        let desired = DesiredState(crm: text + "primitive a Dummy\n")
        let plan = try Scene(base: nil, desired: desired, live: live(text)).plan()
        #expect(plan.misfits.contains { $0.message.contains("written for the schema \"\(schema)\"") } == isRefused)
        #expect(try Scene(base: desired, desired: desired, live: live(text + "primitive a Dummy\n")).plan().misfits == [])
        let output = try await Oracle("crm_verify", package: "pacemaker-cli-utils").judge(live(text).xml, ["-V", "--xml-file", "FILE"])
        #expect(output.error.contains("schema validation") == isRefused || schema == "none", "\(output.error)")
    }

    @Test("what is contested stays as it is, and so nothing speaks against it")
    func contested() throws {
        let base = "primitive a Dummy params fake=1\n"
        var root = CIB(crm: base + "primitive b Dummy\nprimitive c Dummy\n", applied: .desired).root
        root["validate-with"] = "pacemaker-1.0"
        let desired = DesiredState(crm: "primitive a Dummy params fake=1 utilization rack=1\n")
        func misfits(_ contested: Set<String>) throws -> [String] {
            var planner = Planner(
                commit: .desired, base: (.desired, desired), desired: desired, live: CIB(root), files: LiveFiles(), hostBases: [],
                contested: contested)
            return try planner.plan().misfits.compactMap(\.code)
        }
        #expect(try misfits([]) == ["CXS108"])
        let plan = try Scene(base: desired, desired: desired, live: CIB(root)).plan()
        #expect(try misfits(Set(plan.changes.flatMap(\.matters))) == [])
    }
}
