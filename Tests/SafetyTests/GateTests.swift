import CIB
import ClusterModel
import Diagnostics
import LiveState
import Planning
import Records
import Repository
import Safety
import Steps
import TestKit
import Testing
import XML

struct GateTests {
    private let healthy = ClusterStatus(
        hasQuorum: true, dc: "alice",
        nodes: ["alice", "bob"].map { .init(name: $0, isOnline: true, isUnclean: false, isPending: false) },
        resources: [], isIdle: true, inMaintenance: false)

    private func commit(_ message: String = "change") -> Commit {
        Commit(id: .desired, tree: "t", author: "a", time: 0, message: message)
    }

    private enum Ruling: Equatable {
        case approved
        case waiting([String])
        case refused([String])
        case undecided([String])
    }

    private func ruling(
        _ plan: Plan, _ cluster: ClusterStatus?, _ message: String = "change", restoresKnownTree: Bool = false
    ) -> Ruling {
        let live = LiveState(node: "alice", cib: plan.live, cluster: cluster)
        let evidence = Evidence(plan: plan, live: live, commit: commit(message), policy: Policy(), restoresKnownTree: restoresKnownTree)
        return ruling(evidence)
    }

    private func ruling(_ evidence: Evidence) -> Ruling {
        switch evidence.judge() {
        case .approved: return .approved
        case .waiting(let objections): return .waiting(objections.map(\.message))
        case .refused(let objections): return .refused(objections.map(\.message))
        case .undecided(let objections): return .undecided(objections.map(\.message))
        }
    }

    private func deleting(_ count: Int, of all: Int) throws -> Plan {
        let statements = (0..<all).map { "primitive p\($0) Dummy" }
        return try Scene(
            base: statements.joined(separator: "\n"), desired: statements.dropFirst(count).joined(separator: "\n")
        ).plan()
    }

    private func change() throws -> Plan { try Scene(base: "primitive a Dummy", desired: "primitive a Dummy params x=1").plan() }

    @Test("nothing is let in while a person has suspended it, and everything that is refused is refused all the same")
    func suspended() throws {
        let plan = try change()
        var edits = Edits()
        ClusterRecord(suspension: Suspension(by: "root@alice", reason: "a new kernel", since: 0, until: 100)).write(to: &edits, of: plan.live)
        let cib = plan.live.applying(edits)
        func evidence(at time: Int64, _ lineage: Lineage = .descendant) -> Evidence {
            let live = LiveState(node: "alice", cib: cib, cluster: healthy, time: time)
            return Evidence(plan: plan, live: live, commit: commit(), policy: Policy(), lineage: lineage)
        }
        let objections = evidence(at: 99).objections
        #expect(objections.map(\.kind) == [.pause] && objections.first?.message.hasSuffix("by root@alice: a new kernel") == true)
        #expect(ruling(evidence(at: 99)) == .waiting(objections.map(\.message)))
        #expect(ruling(evidence(at: 100)) == .approved)
        guard case .refused = ruling(evidence(at: 99, .behind(.base, isFresh: true))) else {
            Issue.record("a rewind is let in")
            return
        }
    }

    @Test("a settled cluster lets a plan in")
    func approved() throws {
        #expect(ruling(try change(), healthy) == .approved)
        #expect(ruling(try change(), nil) == .approved)
    }

    @Test(
        "more than half and more than ten deletions need a word",
        arguments: [(10, 10, true), (11, 11, false), (11, 22, true), (11, 21, false), (30, 100, true)])
    func massDelete(_ count: Int, _ all: Int, _ passes: Bool) throws {
        let plan = try deleting(count, of: all)
        #expect(plan.count(.delete) == count)
        #expect((ruling(plan, nil) == .approved) == passes)
    }

    @Test("the word is a trailer, in the last paragraph of the message; a known tree needs none")
    func allowance() throws {
        let plan = try deleting(12, of: 12)
        #expect(ruling(plan, nil, "clean up\n\nAllow-Mass-Delete: yes\n") == .approved)
        #expect(ruling(plan, nil, "clean up\n\nallow-mass-delete: YES\nSigned-off-by: a") == .approved)
        #expect(ruling(plan, nil, restoresKnownTree: true) == .approved)
        let refused = Ruling.refused(["the commit would delete 12 of 12 managed objects"])
        #expect(ruling(plan, nil, "Allow-Mass-Delete: yes") == refused)
        #expect(ruling(plan, nil, "a\n\nAllow-Mass-Delete: no") == refused)
        #expect(ruling(plan, nil, "a\n\nAllow-Mass-Delete: yes\n\nand more") == refused)
    }

    @Test("the word may stand in any commit that comes in with the newest one")
    func company() throws {
        let plan = try deleting(12, of: 12)
        var evidence = Evidence(
            plan: plan, live: LiveState(node: "alice", cib: plan.live), commit: commit("Merge branch 'clean-up'"), policy: Policy())
        guard case .refused(let objections) = evidence.judge() else { return #expect(Bool(false)) }
        #expect(objections.first?.description.contains("git commit --allow-empty -m \"Let it in\" -m \"Allow-Mass-Delete: yes\"") == true)
        evidence.company = [commit("other"), commit("clean up\n\nAllow-Mass-Delete: yes")]
        guard case .approved = evidence.judge() else { return #expect(Bool(false)) }
    }

    @Test("another cluster's part of the repository is refused, and let in by its word")
    func part() throws {
        let plan = try change()
        func passes(_ part: RepositoryPart, _ recorded: RepositoryPart?, _ message: String = "change") -> Bool {
            var evidence = Evidence(plan: plan, live: LiveState(node: "alice", cib: plan.live), commit: commit(message), policy: Policy())
            (evidence.part, evidence.recordedPart) = (part, recorded)
            if case .approved = evidence.judge() { return true }
            return false
        }
        let (a, b) = (RepositoryPart(cluster: "a", path: "a"), RepositoryPart(cluster: "b", path: "b"))
        #expect(passes(a, nil) && passes(a, a))
        #expect(!passes(b, a))
        #expect(!passes(RepositoryPart(cluster: "b", path: "a"), a))
        #expect(passes(RepositoryPart(cluster: "a", path: "clusters/a/"), a))
        #expect(!passes(RepositoryPart(cluster: nil, path: "b"), a))
        #expect(!passes(RepositoryPart(cluster: nil, path: "b"), RepositoryPart(cluster: nil, path: "a")))
        #expect(passes(RepositoryPart(cluster: "a", path: nil), RepositoryPart(cluster: nil, path: ".")))
        #expect(passes(RepositoryPart(cluster: nil, path: "./a/"), a))
        #expect(passes(b, a, "move\n\nAllow-Cluster: b"))
        #expect(!passes(b, a, "move\n\nAllow-Cluster: c"))
    }

    @Test("a shallow copy is told from a history that was rewritten")
    func shallow() throws {
        let plan = try change()
        var evidence = Evidence(
            plan: plan, live: LiveState(node: "alice", cib: plan.live), commit: commit(), policy: Policy(), lineage: .behind(.base, isFresh: false))
        evidence.isShallow = true
        guard case .refused(let objections) = evidence.judge() else { return #expect(Bool(false)) }
        #expect(objections.map(\.kind) == [.lack])
        #expect(objections.first?.description.contains("git fetch --unshallow") == true)
    }

    @Test("who never had the commit in force does not go on from it, whatever the message allows")
    func unknown() throws {
        let plan = try change()
        let evidence = Evidence(
            plan: plan, live: LiveState(node: "alice", cib: plan.live), commit: commit("x\n\nAllow-Rewind: \(CommitID.base.hex)"), policy: Policy(),
            lineage: .fromUnknown(.base))
        guard case .refused(let objections) = evidence.judge() else { return #expect(Bool(false)) }
        #expect(objections.map(\.kind) == [.lack])
        #expect(objections.first?.description.contains("git merge --strategy ours") == true)
    }

    @Test("without quorum nothing is written")
    func quorum() throws {
        var cluster = healthy
        cluster.hasQuorum = false
        #expect(ruling(try change(), cluster) == .refused(["this partition has no quorum"]))
        let state = DesiredState(crm: "primitive a Dummy")
        let nothing = try Scene(base: state, desired: state, live: CIB(crm: "primitive a Dummy", applied: .desired)).plan()
        #expect(!nothing.needsTransaction)
        #expect(ruling(nothing, cluster) == .approved)
    }

    @Test("an unsettled cluster is waited for, whatever is unsettled about it")
    func unsettled() throws {
        var cluster = healthy
        cluster.isIdle = false
        cluster.nodes[1] = .init(name: "bob", isOnline: false, isUnclean: true, isPending: true)
        #expect(
            ruling(try change(), cluster)
                == .waiting(["node bob is unclean", "node bob is about to join", "a transition is under way"]))
        cluster = healthy
        cluster.dc = nil
        #expect(ruling(try change(), cluster) == .waiting(["no designated controller is elected yet"]))
    }

    @Test("what Pacemaker may not stop is not deleted: it would run on, owned by nobody")
    func maintenance() throws {
        let plan = try Scene(base: "primitive a Dummy\nprimitive b Dummy", desired: "primitive b Dummy").plan()
        func a(isActive: Bool = true, isManaged: Bool = true, isBlocked: Bool = false) -> ClusterStatus.Resource {
            .init(
                id: "a", role: "Started", isActive: isActive, isManaged: isManaged, hasFailed: false, nodes: ["alice"], isBlocked: isBlocked)
        }
        var cluster = healthy
        cluster.resources = [a()]
        #expect(ruling(plan, cluster) == .approved)
        cluster.inMaintenance = true
        #expect(ruling(plan, cluster) == .waiting(["a is to be deleted, and the cluster is in maintenance"]))
        cluster.inMaintenance = false
        cluster.nodes[1] = .init(name: "bob", isOnline: true, isUnclean: false, isPending: false, isInMaintenance: true)
        #expect(ruling(plan, cluster) == .approved)
        cluster.nodes[0] = .init(name: "alice", isOnline: true, isUnclean: false, isPending: false, isInMaintenance: true)
        #expect(ruling(plan, cluster) == .waiting(["a is to be deleted, and alice, where it runs, is in maintenance"]))
        cluster.nodes = healthy.nodes
        cluster.resources = [a(isManaged: false)]
        #expect(ruling(plan, cluster) == .waiting(["a is to be deleted, and Pacemaker does not manage it"]))
        cluster.resources = [a(isManaged: false, isBlocked: true)]
        #expect(ruling(plan, cluster) == .waiting(["a is to be deleted, and Pacemaker is blocked: it could not be stopped on alice"]))
        cluster.failures = [.init(resource: "a", node: "alice", task: "stop", exitStatus: "error", exitReason: "busy")]
        #expect(
            ruling(plan, cluster) == .waiting(["a is to be deleted, and it could not be stopped: a: stop on alice returned 'error' (busy)"]))
        cluster.resources = [a(isActive: false, isManaged: false)]
        #expect(ruling(plan, cluster) == .approved)
    }

    @Test("each cause that keeps Pacemaker from stopping a resource has a remedy of its own, and each is waited for")
    func causes() throws {
        let plan = try Scene(base: "primitive a Dummy\nprimitive b Dummy", desired: "primitive b Dummy").plan()
        func remedy(isManaged: Bool = false, isBlocked: Bool = false, _ change: (inout ClusterStatus) -> Void = { _ in }) -> String? {
            var cluster = healthy
            cluster.resources = [
                .init(id: "a", role: "Started", isActive: true, isManaged: isManaged, hasFailed: isBlocked, nodes: ["alice"], isBlocked: isBlocked)
            ]
            change(&cluster)
            let evidence = Evidence(plan: plan, live: LiveState(node: "alice", cib: plan.live, cluster: cluster), commit: commit(), policy: Policy())
            guard case .waiting(let objections) = evidence.judge(), objections.count == 1 else { return nil }
            return objections[0].remedy
        }
        // Pacemaker manages nothing then, and says so of each resource; the cause is the maintenance.
        #expect(remedy { $0.inMaintenance = true } == "end it: crm configure property maintenance-mode=false")
        #expect(
            remedy { $0.nodes[0] = .init(name: "alice", isOnline: true, isUnclean: false, isPending: false, isInMaintenance: true) }
                == "end it: crm node ready alice")
        #expect(remedy() == "let it: crm resource manage a")
        // A monitor may block too, where it has `on-fail=block`.
        #expect(
            remedy(isBlocked: true) { $0.failures = [.init(resource: "a", node: "alice", task: "monitor", exitStatus: "error", exitReason: "")] }
                == "mend that, then: crm resource cleanup a")
        // Without fencing: who is blocked is not managed either, and to manage it would change nothing.
        #expect(remedy(isBlocked: true) == "stop it on alice by hand, then: crm resource cleanup a")
        #expect(remedy(isManaged: true, isBlocked: true) == "stop it on alice by hand, then: crm resource cleanup a")
    }

    @Test(
        "who says that Pacemaker may not stop it has to take it back",
        arguments: [
            ("primitive a Dummy meta maintenance=true\n", "end it: crm resource maintenance a off"),
            ("primitive a Dummy\ngroup g a meta maintenance=true\n", "end it: crm resource maintenance g off"),
            ("primitive a Dummy\nclone c a meta is-managed=no\n", "let it: crm resource manage c"),
            ("primitive a Dummy\nrsc_defaults maintenance=true\n", "end it: crm configure rsc_defaults maintenance=false"),
            ("primitive a Dummy\nrsc_defaults is-managed=false\n", "let it: crm configure rsc_defaults is-managed=true"),
            ("rsc_template t Dummy meta maintenance=yes\nprimitive a @t meta is-managed=true\n", "end it: crm resource maintenance t off"),
        ])
    func unmanaged(_ crm: String, _ remedy: String) throws {
        let base = crm + "primitive b Dummy\n"
        let plan = try Scene(base: DesiredState(crm: base), desired: DesiredState(crm: "primitive b Dummy\n"), live: CIB(crm: base, applied: .base))
            .plan()
        var cluster = healthy
        cluster.resources = [.init(id: "a", role: "Started", isActive: true, isManaged: false, hasFailed: false, nodes: ["alice"])]
        let evidence = Evidence(plan: plan, live: LiveState(node: "alice", cib: plan.live, cluster: cluster), commit: commit(), policy: Policy())
        #expect(evidence.objections.filter { $0.kind == .wait }.map(\.remedy) == [remedy])
    }

    @Test("where nobody knows what was in force, a commit that seems to change nothing may have taken something out: it is not in force for that")
    func lostBase() throws {
        func kinds(_ live: String, isShallow: Bool = false, _ lineage: Lineage) throws -> [Objection] {
            let plan = try Scene(base: nil, desired: DesiredState(crm: "primitive a Dummy\n"), live: CIB(crm: live, applied: .base)).plan()
            var evidence = Evidence(plan: plan, live: LiveState(node: "alice", cib: plan.live), commit: commit(), policy: Policy(), lineage: lineage)
            evidence.isShallow = isShallow
            return evidence.objections
        }
        let (same, more) = ("primitive a Dummy\n", "primitive a Dummy\nprimitive gone Dummy\n")
        #expect(try kinds(more, .fromUnknown(.base)).map(\.kind) == [.lack])
        #expect(try kinds(more, .behind(.base, isFresh: true)).map(\.kind) == [.refusal])
        for lineage in [Lineage.fromUnknown(.base), .behind(.base, isFresh: true)] {
            #expect(try kinds(same, lineage).isEmpty, "imported from this very cluster")
            let shallow = try kinds(more, isShallow: true, lineage)
            #expect(shallow.map(\.kind) == [.lack] && shallow.first?.remedy?.contains("--unshallow") == true)
        }
    }

    @Test("what falls with what is deleted, and was nobody's, is no mass")
    func dependents() throws {
        let managed = (1...10).map { "primitive p\($0) Dummy\n" }.joined()
        let bans = (1...10).map { "location cli-ban-p\($0)-on-alice p\($0) -inf: alice\n" }.joined()
        let plan = try Scene(
            base: DesiredState(crm: managed), desired: DesiredState(crm: "primitive other Dummy\n"), live: CIB(crm: managed + bans, applied: .base)
        ).plan()
        #expect(plan.count(.delete) == 20 && plan.managedDeletions.count == 10)
        #expect(ruling(plan, nil) == .approved)
    }

    @Test("a domU is not created before the file system runs somewhere that its file belongs onto")
    func mount() throws {
        let mount = "primitive fs Filesystem params device=/dev/drbd0 directory=/cluster fstype=ocfs2\n"
        let domain = mount + "primitive d ocf:heartbeat:Xen params xmfile=/cluster/xen/d.cfg\n"
        let file = ["xen/d.cfg": "name = \"d\"\n"]
        var files = LiveFiles()
        files.unmounted = ["/cluster"]
        let desired = DesiredState(crm: domain, files: file)
        let plan = try Scene(base: nil, desired: desired, live: CIB(crm: mount), files: files).plan()
        #expect(plan.unwrittenDomains.map(\.id.name) == ["d"])
        #expect(ruling(plan, healthy) == .waiting(["d can be created when fs has mounted /cluster, where its file belongs"]))
        var failing = healthy
        failing.failures = [FailedAction(resource: "fs:0", node: "alice", task: "start", exitStatus: "not installed")]
        #expect(
            ruling(plan, failing)
                == .waiting(["d can be created when fs has mounted /cluster, where its file belongs: fs:0: start on alice returned 'not installed'"]))
        var cluster = healthy
        cluster.resources = [.init(id: "fs", role: "Started", isActive: true, isManaged: true, hasFailed: false, nodes: ["bob"])]
        #expect(ruling(plan, cluster) == .approved)
        let known = try Scene(base: desired, desired: desired, live: CIB(crm: domain, applied: .base), files: files).plan()
        #expect(ruling(known, healthy) == .approved)
    }

    @Test("no two nodes have one id")
    func nodeIdentity() throws {
        func plan(_ base: String, _ desired: String) throws -> Plan { try Scene(base: base, desired: desired).plan() }
        let alpha = "node 1: alpha\nnode 2: bravo\n"
        #expect(
            ruling(try plan(alpha, "node 1: gamma\nnode 2: bravo\n"), healthy)
                == .refused(["node gamma would have the id 1, which is that of alpha"]))
        #expect(ruling(try plan(alpha, "node 1: alpha attributes rack=1\nnode 2: bravo\n"), healthy) == .approved)
        #expect(ruling(try plan(alpha, alpha + "node 3: charlie\n"), healthy) == .approved)
        let name = "node ALPHA would have the name of alpha: Pacemaker compares names without regard to case"
        for statement in ["node 3: ALPHA\n", "node ALPHA\n"] {
            let scene = Scene(base: "node 2: bravo\n", desired: "node 2: bravo\n" + statement, live: alpha)
            #expect(ruling(try scene.plan(), healthy) == .refused([name]))
        }
    }

    @Test(
        "no remote or guest node has the name of a node of the cluster",
        arguments: ["primitive Alpha ocf:pacemaker:remote", "primitive vm Dummy meta remote-node=alpha"])
    func remoteNames(_ statement: String) throws {
        let live = "node 1: alpha\nnode 2: bravo\n"
        let plan = try Scene(base: "node 2: bravo", desired: "node 2: bravo\n" + statement, live: live).plan()
        guard case .refused(let messages) = ruling(plan, healthy) else { return #expect(Bool(false)) }
        #expect(messages.count == 1 && messages.allSatisfy { $0.hasSuffix(", and alpha is a node of the cluster") })
        let file = Evidence(plan: plan, live: LiveState(node: "alice", cib: plan.live), commit: nil, policy: Policy())
        #expect(file.objections == [] && file.namesakesInFile.map(\.message) == ["\(messages[0]): on the cluster that would be refused"])
        let remote = try Scene(base: "", desired: statement, live: "node 2: bravo\nnode 5: alpha:remote").plan()
        #expect(ruling(remote, healthy) == .approved)
        // Where it stands so already, other changes are let in.
        let change = try Scene(base: statement, desired: statement + " meta priority=1", live: live + statement).plan()
        #expect(ruling(change, healthy) == .approved)
    }

    @Test("a CIB without a feature set can't be patched safely")
    func featureSet() throws {
        var root = CIB(crm: "primitive a Dummy").root
        root["crm_feature_set"] = nil
        let plan = try Scene(base: nil, desired: .init(crm: "primitive a Dummy params x=1"), live: CIB(root)).plan()
        #expect(ruling(plan, nil) == .refused(["the CIB has no crm_feature_set, and can't be patched safely"]))
    }
}
