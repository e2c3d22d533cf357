import CIB
import Testing
import XML

/// Live state that is no drift: an operator's, the cluster's own, an agent's.
struct HoldingTests {
    typealias Row = MergeTests.Row

    private static func p(_ role: String?) -> String { "primitive p Dummy" + (role.map { " meta target-role=\($0)" } ?? "") }

    private static let overrides: [(Row, Bool)] = [
        (Row("stopped by a person, not in git", base: p(nil), p(nil), live: p("Stopped"), becomes: p("Stopped")), true),
        (Row("stopped by a person, against git", base: p("Started"), p("Started"), live: p("Stopped"), becomes: p("Stopped")), true),
        (Row("removed by a person", base: p("Started"), p("Started"), live: p(nil), becomes: p(nil)), true),
        (Row("a commit changes what git says", base: p("Started"), p("Stopped"), live: p("Started"), becomes: p("Stopped")), false),
        (Row("a commit says the first word", base: p(nil), p("Stopped"), live: p("Started"), becomes: p("Stopped")), false),
        (Row("a commit is applied for the first time", p("Started"), live: p("Stopped"), becomes: p("Stopped")), true),
        (Row("nobody has said anything yet", p("Started"), live: p(nil), becomes: p("Started")), false),
        (Row("git lets go of what it had set", base: p("Started"), p(nil), live: p("Started"), becomes: p(nil)), false),
        (Row("git lets go of what a person has changed", base: p("Started"), p(nil), live: p("Stopped"), becomes: p("Stopped")), true),
        (Row("another spelling is no other word", base: p("started"), p("Started"), live: p("started"), becomes: p("started")), false),
    ]

    @Test("target-role belongs to the operator until a commit changes it", arguments: overrides)
    func leaseIsHeld(_ row: Row, _ isHeld: Bool) throws {
        let merge = try MergeTests.check(row)
        #expect(merge.held.map(\.path.description) == (isHeld ? ["meta target-role"] : []))
        #expect(merge.held.allSatisfy { $0.driftClass == .resourceState })
    }

    @Test("the policy can give target-role to git")
    func reverts() throws {
        let row = Row("", base: Self.p("Started"), Self.p("Started"), live: Self.p("Stopped"), becomes: Self.p("Started"))
        let merge = try MergeTests.check(row, .revertingPersons)
        #expect(merge.held == [] && merge.reverted.map(\.driftClass) == [.resourceState])
        var unsaid = Merge(policy: .revertingPersons)
        var names: [String?] = []
        unsaid.object(base: try declared(Self.p(nil)), desired: try declared(Self.p(nil)), live: try present(Self.p("Stopped"))).walk {
            names.append($0["name"])
        }
        #expect(!names.contains("target-role") && unsaid.held == [], "what git does not say goes too")
        let other = Row("", base: Self.p("Started"), Self.p("Started"), live: Self.p("Stopped"), becomes: Self.p("Stopped"))
        var policy = DriftPolicy()
        policy[.nodeState] = .revert
        #expect(try MergeTests.check(other, policy).held.map(\.driftClass) == [.resourceState])
    }

    @Test("what is ignored stays, and is not shown")
    func ignored() throws {
        var policy = DriftPolicy()
        policy[.resourceState] = .ignore
        let row = Row("", base: Self.p("Started"), Self.p("Started"), live: Self.p("Stopped"), becomes: Self.p("Stopped"))
        let merge = try MergeTests.check(row, policy)
        #expect(merge.held == [] && merge.reverted == [])
    }

    @Test("what an agent measures follows git where the policy says so, and what git does not say stays")
    func measured() throws {
        let there = try present("primitive p Xen utilization cpu=4 hv_memory=2048")
        let git = try declared("primitive p Xen utilization cpu=2")
        var policy = DriftPolicy()
        policy[.utilization] = .revert
        var merge = Merge(policy: policy)
        #expect(try merge.object(base: git, desired: git, live: there).words == "primitive p Xen utilization cpu=2 hv_memory=2048")
        #expect(merge.reverted.map(\.path.description) == ["utilization cpu"] && merge.held.map(\.path.description) == ["utilization hv_memory"])
    }

    @Test("no policy lets git overwrite what an agent decides by, or what keeps outdated data from being promoted")
    func beyondGit() throws {
        var policy = DriftPolicy()
        for driftClass in DriftClass.allCases { policy[driftClass] = .revert }
        #expect(DriftClass.allCases.filter { policy[$0] != .revert } == [.drbdFence, .cluster, .agent])
        let there = try present("node alice attributes hana_x_site=A")
        let git = try declared("node alice attributes hana_x_site=B")
        var merge = Merge(policy: policy)
        #expect(merge.object(base: git, desired: git, live: there) == there && merge.held.map(\.driftClass) == [.agent])
    }

    @Test(
        "so do is-managed, maintenance, standby and maintenance-mode",
        arguments: [
            ("primitive p Dummy", "primitive p Dummy meta is-managed=false", .resourceState),
            ("primitive p Dummy", "primitive p Dummy meta maintenance=true", .resourceState),
            ("group g a", "group g a meta target-role=Stopped", .resourceState),
            ("node alice", "node alice attributes standby=on", .nodeState),
            ("node alice", "node alice attributes maintenance=on", .nodeState),
            ("property stonith-enabled=true", "property stonith-enabled=true maintenance-mode=true", .maintenanceMode),
        ] as [(String, String, DriftClass)])
    func others(_ git: String, _ live: String, _ driftClass: DriftClass) throws {
        var merge = Merge()
        let there = try present(live)
        #expect(merge.object(base: try declared(git), desired: try declared(git), live: there) == there)
        #expect(merge.held.map(\.driftClass) == [driftClass])
    }

    @Test("what the cluster writes about itself stays, whatever git says")
    func cluster() throws {
        let there = try present("property dc-version=2.1.5 cluster-name=a last-lrm-refresh=17 have-watchdog=false stonith-enabled=true")
        let git = try declared("property stonith-enabled=true cluster-name=b")
        var merge = Merge()
        #expect(merge.object(base: git, desired: git, live: there) == there)
        #expect(merge.held.map(\.path.description) == ["cluster-name"])
        #expect(merge.held.map(\.driftClass) == [.cluster])
        #expect(merge.unmanaged == [])
    }

    @Test("utilization that the Xen agent measures stays")
    func agents() throws {
        let there = try present("primitive p Xen utilization cpu=4 hv_memory=2048")
        let git = try declared("primitive p Xen utilization cpu=2")
        var merge = Merge()
        #expect(merge.object(base: git, desired: git, live: there) == there)
        #expect(merge.held.map(\.driftClass) == [.utilization, .utilization])
    }

    @Test("utilization of another agent is git's; that of a node somebody's agent may have measured")
    func others() throws {
        let there = try present("primitive p Dummy utilization cpu=4 hv_memory=2048")
        let git = try declared("primitive p Dummy utilization cpu=2")
        var merge = Merge()
        let merged = merge.object(base: git, desired: git, live: there)
        #expect(merged != there && merge.held.isEmpty)
        let node = try present("node alice utilization cpu=4")
        var other = Merge()
        let wanted = try declared("node alice utilization cpu=2")
        #expect(other.object(base: wanted, desired: wanted, live: node) == node && other.held.map(\.driftClass) == [.utilization])
    }

    @Test("promotion scores and node health stay")
    func nodes() throws {
        let there = try present("node alice attributes master-drbd=10000 \"#health-disk\"=red hana_x_site=A site=north")
        let git = try declared("node alice attributes site=north")
        var merge = Merge()
        #expect(merge.object(base: git, desired: git, live: there) == there)
        #expect(merge.held.map(\.driftClass) == [.scores, .scores, .agent])
    }

    @Test(
        "objects of others are known by their names",
        arguments: [
            ("drbd-fence-by-handler-r0-ms", .drbdFence), ("drbd-fence-by-site-a-r0", .drbdFence),
            ("cli-ban-p-on-bob", .move), ("cli-prefer-p", .move), ("cli-standby-bob", .move),
            ("ban-p", nil), ("my-cli-ban-p", nil),
        ] as [(String, DriftClass?)])
    func constraints(_ name: String, _ driftClass: DriftClass?) {
        #expect(DriftClass.of(ObjectID(.constraint, name)) == driftClass)
        #expect(DriftClass.of(ObjectID(.resource, name)) == nil)
    }

    @Test("the defaults that Pacemaker's build sets are its own")
    func buildDefaults() {
        #expect(DriftClass.of(ObjectID(.resourceDefaults, "build-resource-defaults")) == .cluster)
        #expect(DriftClass.of(ObjectID(.resourceDefaults, "rsc-options")) == nil)
    }
}
