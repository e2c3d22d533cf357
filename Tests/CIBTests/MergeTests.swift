import CIB
import TestKit
import Testing
import XML

/// One object, three ways: what was in git, what is in git, what is there, and what comes of it.
struct MergeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var base: String?
        let desired, live, merged: String

        init(_ name: String, base: String? = nil, _ desired: String, live: String, becomes merged: String) {
            (testDescription, self.base, self.desired, self.live, self.merged) = (name, base, desired, live, merged)
        }
    }

    static func check(_ row: Row, _ policy: DriftPolicy = .init()) throws -> Merge {
        var merge = Merge(policy: policy)
        let live = try present(row.live)
        let merged = merge.object(base: try row.base.map { try declared($0) }, desired: try declared(row.desired), live: live)
        #expect(try merged.words == row.merged)
        if row.merged == row.live { #expect(merged == live) }
        return merge
    }

    private static let plainPairs = [
        Row("in git alone: added", "primitive p Dummy params a=1", live: "primitive p Dummy", becomes: "primitive p Dummy params a=1"),
        Row(
            "in git and live, equal: stays", "primitive p Dummy params a=1", live: "primitive p Dummy params a=1",
            becomes: "primitive p Dummy params a=1"),
        Row(
            "in git and live, different, never applied: git's", "primitive p Dummy params a=1",
            live: "primitive p Dummy params a=2", becomes: "primitive p Dummy params a=1"),
        Row(
            "live alone: stays", "primitive p Dummy params b=1", live: "primitive p Dummy params a=2 b=1",
            becomes: "primitive p Dummy params a=2 b=1"),
        Row(
            "gone from git: removed", base: "primitive p Dummy params a=1 b=1", "primitive p Dummy params b=1",
            live: "primitive p Dummy params a=1 b=1", becomes: "primitive p Dummy params b=1"),
        Row(
            "gone from git, changed live: removed all the same", base: "primitive p Dummy params a=1",
            "primitive p Dummy", live: "primitive p Dummy params a=2", becomes: "primitive p Dummy"),
        Row(
            "gone from git and from the cluster: nothing", base: "primitive p Dummy params a=1", "primitive p Dummy",
            live: "primitive p Dummy", becomes: "primitive p Dummy"),
        Row(
            "in git, removed live: restored", base: "primitive p Dummy params a=1", "primitive p Dummy params a=1",
            live: "primitive p Dummy", becomes: "primitive p Dummy params a=1"),
        Row(
            "changed live only: git's again", base: "primitive p Dummy params a=1", "primitive p Dummy params a=1",
            live: "primitive p Dummy params a=3", becomes: "primitive p Dummy params a=1"),
        Row(
            "changed in git and live: git's", base: "primitive p Dummy params a=1", "primitive p Dummy params a=2",
            live: "primitive p Dummy params a=3", becomes: "primitive p Dummy params a=2"),
        Row(
            "the last pair of a set goes, and the set with it", base: "primitive p Dummy meta priority=1", "primitive p Dummy",
            live: "primitive p Dummy meta priority=1", becomes: "primitive p Dummy"),
    ]

    @Test("plain pairs follow git", arguments: plainPairs)
    func plainPairsFollowGit(_ row: Row) throws { _ = try Self.check(row) }

    private static let attributes = [
        Row(
            "an op's timeout changes", "primitive p Dummy op monitor interval=10s timeout=30s",
            live: "primitive p Dummy op monitor interval=10s timeout=20s",
            becomes: "primitive p Dummy op monitor interval=10s timeout=30s"),
        Row(
            "an op is known by name, interval and role, in whatever spelling",
            "primitive p Dummy op monitor interval=10 role=Promoted timeout=20",
            live: "primitive p Dummy op monitor interval=10s role=Master timeout=20s",
            becomes: "primitive p Dummy op monitor interval=10s role=Master timeout=20s"),
        Row(
            "another interval is another op", base: "primitive p Dummy op monitor interval=10s",
            "primitive p Dummy op monitor interval=20s", live: "primitive p Dummy op monitor interval=10s",
            becomes: "primitive p Dummy op monitor interval=20s"),
        Row(
            "an op that was never in git stays", "primitive p Dummy", live: "primitive p Dummy op monitor interval=10s",
            becomes: "primitive p Dummy op monitor interval=10s"),
        Row(
            "another agent takes the place of the old", base: "primitive p Dummy", "primitive p ocf:pacemaker:Dummy",
            live: "primitive p Dummy", becomes: "primitive p ocf:pacemaker:Dummy"),
        Row(
            "systemd has no provider", base: "primitive p Dummy", "primitive p systemd:cron", live: "primitive p Dummy",
            becomes: "primitive p systemd:cron"),
        Row(
            "an order's other score is another kind", "order o Optional: a b", live: "order o Mandatory: a b",
            becomes: "order o Optional: a b"),
        Row(
            "a score takes the place of a kind's default", base: "order o a b", "order o Serialize: a b", live: "order o a b",
            becomes: "order o Serialize: a b"),
        Row(
            "start is the default action", "order o Mandatory: a b", live: "order o Mandatory: a:start b:start",
            becomes: "order o Mandatory: a:start b:start"),
        Row(
            "a node becomes a rule", "location l p rule -inf: #uname eq bob", live: "location l p 100: alice",
            becomes: "location l p rule -inf: #uname eq bob"),
        Row(
            "a rule becomes a node", base: "location l p rule -inf: #uname eq bob", "location l p 100: alice",
            live: "location l p rule -inf: #uname eq bob", becomes: "location l p 100: alice"),
        Row(
            "one of two rules goes", base: "location l p rule 1: #uname eq a rule 2: #uname eq b",
            "location l p rule 2: #uname eq b", live: "location l p rule 1: #uname eq a rule 2: #uname eq b",
            becomes: "location l p rule 2: #uname eq b"),
        Row(
            "a member of a set changes", "order o Mandatory: ( a b ) c", live: "order o Mandatory: ( a d ) c",
            becomes: "order o Mandatory: ( a b ) c"),
        Row(
            "a pair becomes sets", base: "order o Mandatory: a b", "order o Mandatory: ( a b ) c",
            live: "order o Mandatory: a b", becomes: "order o Mandatory: ( a b ) c"),
        Row(
            "a set with a rule stays what it is", "primitive p Dummy params a=1",
            live: "primitive p Dummy params rule #uname eq bob a=2 params a=1",
            becomes: "primitive p Dummy params rule #uname eq bob a=2 params a=1"),
    ]

    @Test("operations, constraints and rules follow git", arguments: attributes)
    func followsGit(_ row: Row) throws { _ = try Self.check(row) }

    private static let members = [
        Row("a member comes", base: "group g a", "group g a b", live: "group g a", becomes: "group g a b"),
        Row("a member goes", base: "group g a b", "group g a", live: "group g a b", becomes: "group g a"),
        Row("the order is git's", base: "group g a b c", "group g c a b", live: "group g a b c", becomes: "group g c a b"),
        Row("what is never in git stays behind its neighbour", base: "group g a b", "group g b a", live: "group g a x b", becomes: "group g b a x"),
        Row("also at the front", base: "group g a b", "group g b a", live: "group g x a b", becomes: "group g x b a"),
        Row("and two of them", base: "group g a", "group g a b", live: "group g a x y", becomes: "group g a x y b"),
        Row("a clone has one member", "clone c b", live: "clone c a", becomes: "clone c b"),
        Row("ms is a promotable clone", "clone c a meta promotable=true", live: "ms c a", becomes: "ms c a"),
        Row("and the other way round", "ms c a", live: "clone c a meta promotable=yes", becomes: "clone c a meta promotable=yes"),
        Row(
            "in either spelling options change", "clone c a meta promotable=true notify=true", live: "ms c a",
            becomes: "ms c a meta notify=true"),
        Row(
            "master-max is promoted-max", "clone c a meta promotable=true promoted-max=2", live: "ms c a meta master-max=2",
            becomes: "ms c a meta master-max=2"),
        Row(
            "a clone that is no longer promotable", base: "ms c a meta notify=true", "clone c a meta notify=true",
            live: "ms c a meta notify=true", becomes: "clone c a meta notify=true"),
    ]

    @Test("members and clones follow git", arguments: members)
    func membersFollowGit(_ row: Row) throws { _ = try Self.check(row) }

    @Test("what was never in git is reported, field by field")
    func unmanaged() throws {
        let row = Row(
            "", "primitive p Dummy params a=1",
            live: "primitive p Dummy params a=1 b=2 op monitor interval=10s timeout=20s",
            becomes: "primitive p Dummy params a=1 b=2 op monitor interval=10s timeout=20s")
        #expect(try Self.check(row).unmanaged.map(\.description) == ["params b", "op monitor interval=10s"])
    }
}
