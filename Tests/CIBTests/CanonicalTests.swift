import CIB
import TestKit
import Testing
import XML

/// One form for all that mean the same.
struct CanonicalTests {
    @Test(
        "these mean the same to Pacemaker",
        arguments: [
            ("ms m a", "clone m a meta promotable=true"), ("ms m a meta master-max=2", "clone m a meta promoted-max=2 promotable=yes"),
            ("order o inf: a b", "order o Mandatory: a b"), ("order o a b", "order o Mandatory: a:start b:start symmetrical=true"),
            ("order o 0: a b", "order o Optional: a b"), ("order o Serialize: a b", "order o Serialize: a b symmetrical=false"),
            ("primitive p Dummy", "primitive p ocf:heartbeat:Dummy"),
            ("primitive p Dummy op monitor interval=20 timeout=1min", "primitive p Dummy op monitor timeout=60s interval=20s"),
            ("primitive p Dummy op monitor role=Master", "primitive p Dummy op monitor role=Promoted interval=0s"),
            ("colocation c inf: a b:Master", "colocation c INFINITY: a b:Promoted"),
            ("colocation c inf: a b:Started", "colocation c inf: a b"),
            ("primitive p Dummy params a=1 b=2", "primitive p Dummy params b=2 a=1"),
            ("primitive p Dummy params a=1 meta priority=1", "primitive p Dummy meta priority=+1 params a=1"),
            ("primitive p Dummy operations $id=x op start timeout=1", "primitive p Dummy op start timeout=1s"),
            ("location l a rule -inf: #uname eq b", "location l a rule -INFINITY: #uname eq b"),
            ("location l a 5: b", "location l a +5: b"),
        ])
    func same(_ a: String, _ b: String) throws {
        #expect(try present(a).canonical() == present(b).canonical())
        let (git, live) = (try declared(a), try present(b))
        var merge = Merge()
        #expect(merge.object(base: nil, desired: git, live: live) == live)
    }

    @Test(
        "these don't",
        arguments: [
            ("ms m a", "clone m a"), ("group g a b", "group g b a"), ("order o a b", "order o b a"),
            ("order o Mandatory: ( a b ) c", "order o Mandatory: a b c"), ("order o ( a b ) c", "order o ( a d ) c"),
            ("primitive p Dummy", "primitive p ocf:pacemaker:Dummy"), ("primitive p Dummy params a=1", "primitive p Dummy params a=01"),
            ("primitive p Dummy params a=yes", "primitive p Dummy params a=true"), ("clone c a", "clone c b"),
            ("location l a rule 1: #uname eq x rule 2: #uname eq y", "location l a rule 2: #uname eq y rule 1: #uname eq x"),
            ("property stonith-enabled=true", "property fencing-enabled=true"),
            ("primitive p Dummy meta migration-threshold=inf", "primitive p Dummy meta migration-threshold=INFINITY"),
            ("location l a 1: x", "location k a 1: x"), ("location l a rule 1: a eq 1 or b eq 1", "location l a rule 1: a eq 1 and b eq 1"),
        ])
    func different(_ a: String, _ b: String) throws {
        #expect(try present(a).canonical() != present(b).canonical())
        let (git, live) = (try declared(a), try present(b))
        var merge = Merge()
        if a.split(separator: " ")[1] == b.split(separator: " ")[1] {
            #expect(merge.object(base: git, desired: git, live: live) != live)
        }
    }

    @Test("a canonical form is its own", arguments: 0..<20 as Range<UInt64>)
    func idempotent(_ seed: UInt64) throws {
        for object in CIB(crm: try RandomCluster(seed: seed).crm).objects {
            #expect(object.element.canonical() == object.element.canonical().canonical())
        }
    }
}
