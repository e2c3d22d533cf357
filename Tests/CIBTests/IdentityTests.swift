import CIB
import TestKit
import Testing
import XML

/// Parts whose very key changes: in git, or by an operator's edit in place.
struct IdentityTests {
    struct Row: CustomTestStringConvertible {
        let former: String
        let latter: String

        var testDescription: String { "\(former) -> \(latter)" }
    }

    static let rows = [
        Row(former: "primitive p Dummy op monitor interval=10s timeout=20s", latter: "primitive p Dummy op monitor interval=30s timeout=20s"),
        Row(former: "primitive p Dummy op monitor interval=10s role=Promoted", latter: "primitive p Dummy op monitor interval=10s role=Unpromoted"),
        Row(
            former: "primitive p Dummy op monitor interval=10s op monitor interval=11s role=Promoted",
            latter: "primitive p Dummy op monitor interval=20s op monitor interval=21s role=Promoted"),
        Row(former: "fencing_topology n1: f1 n2: f2", latter: "fencing_topology n1: f3 n2: f2"),
        Row(former: "fencing_topology n1: f1 f2", latter: "fencing_topology n1: f3 f1"),
        Row(former: "alert a /bin/x to one to two", latter: "alert a /bin/x to one to three"),
        Row(
            former: "bundle b docker image=i network ip-range-start=10.0.0.1 port-mapping id=m port=80 primitive p",
            latter: "bundle b docker image=i network ip-range-start=10.0.0.1 port-mapping id=m port=81 primitive p"),
        Row(
            former: "primitive p Dummy meta rule 0: date gt 2020-01-01 priority=1 meta priority=2",
            latter: "primitive p Dummy meta rule 0: date gt 2021-01-01 priority=1 meta priority=2"),
        Row(former: "primitive p Dummy meta 5: priority=1", latter: "primitive p Dummy meta 6: priority=1"),
    ]

    @Test("right after the import an edit in git takes the place of what is live", arguments: rows)
    func imported(_ row: Row) throws {
        var merge = Merge()
        let live = try present(row.former)
        let merged = merge.object(base: nil, desired: try declared(row.latter), live: live)
        #expect(merged.canonical() == (try present(row.latter)).canonical())
        #expect(merge.unmanaged == [])
        #expect(FieldChange.between(live, merged).allSatisfy { $0.old != nil && $0.new != nil })
    }

    @Test("so it does later", arguments: rows)
    func edited(_ row: Row) throws {
        var merge = Merge()
        let merged = merge.object(base: try declared(row.former), desired: try declared(row.latter), live: try present(row.former))
        #expect(merged.canonical() == (try present(row.latter)).canonical())
    }

    @Test("an operator's edit of it is put back", arguments: rows)
    func restored(_ row: Row) throws {
        var merge = Merge()
        let git = try declared(row.former)
        let merged = merge.object(base: git, desired: git, live: try present(row.latter))
        #expect(merged.canonical() == (try present(row.former)).canonical())
        #expect(merge.unmanaged == [])
    }

    @Test("what git adds is not what an operator has added")
    func strangers() throws {
        var merge = Merge()
        let base = try declared("primitive p Dummy op monitor interval=10s")
        let git = try declared("primitive p Dummy op monitor interval=10s op monitor interval=20s")
        let live = try present("primitive p Dummy op monitor interval=10s op monitor interval=15s timeout=7")
        #expect(try merge.object(base: base, desired: git, live: live).words.contains("interval=15s timeout=7"))
        #expect(merge.unmanaged.map(\.description) == ["op monitor interval=15s"])
    }

    @Test("a list that an operator's stop has made is not a list of git's with a rule")
    func stopped() throws {
        var merge = Merge()
        let git = try declared("primitive p Dummy meta rule 0: date gt 2021-01-01 priority=1")
        let merged = merge.object(base: nil, desired: git, live: try present("primitive p Dummy meta target-role=Stopped"))
        #expect(merged.children.map { $0.children.map(\.name) } == [["nvpair"], ["rule", "nvpair"]])
    }

    @Test("a pair that becomes sets keeps nothing of the pair, equal to a default or not")
    func sets() throws {
        for (pair, sets) in [
            ("order o Mandatory: a:start b:start", "order o a ( b c )"), ("colocation o inf: a:Started b:Started", "colocation o inf: a ( b c )"),
        ] {
            var merge = Merge()
            let merged = merge.object(base: nil, desired: try declared(sets), live: try present(pair))
            #expect(merged.canonical() == (try present(sets)).canonical())
            let attributes = merged.attributes.map(\.name)
            #expect(!attributes.contains { $0.hasSuffix("-action") || $0.hasSuffix("-role") || ["first", "then", "rsc", "with-rsc"].contains($0) })
        }
    }

    @Test("a clone's primitive may stand before its lists, and new ones come behind those that are there")
    func clones() throws {
        var live = try present("clone c p meta notify=true")
        live.children.reverse()
        var merge = Merge()
        let git = try declared("clone c p meta notify=true meta rule 0: date gt 2021-01-01 notify=false")
        let merged = merge.object(base: nil, desired: git, live: live)
        #expect(merged.all("meta_attributes").map { $0.children.count } == [1, 2])
        var again = Merge()
        #expect(again.object(base: git, desired: git, live: merged) == merged)
    }

    @Test(
        "the options of fencing have two names where the cluster knows both",
        arguments: [("3.16.1", false), ("3.20.4", false), ("3.20.5", true), ("3.21.0", true)])
    func names(_ features: String, _ same: Bool) throws {
        let live = try present("property stonith-enabled=true stonith-timeout=60s")
        let git = try declared("property fencing-enabled=yes stonith-timeout=60")
        var merge = Merge(features: FeatureSet(features))
        #expect((merge.object(base: nil, desired: git, live: live) == live) == same)
        let modern = try present("property fencing-enabled=true")
        var other = Merge(features: FeatureSet(features))
        #expect((other.object(base: nil, desired: try declared("property stonith-enabled=true"), live: modern) == modern) == same)
    }

    @Test("what tells where a password is, is none")
    func secrets() {
        let names = ["passwd", "password", "snmp_priv_passwd", "secret_key", "passwd_method", "passwd_script", "password_file", "ip"]
        let pairs = names.map { Element("nvpair", ["id": "i-\($0)", "name": $0, "value": "x"]) }
        let list = Element("instance_attributes", [], children: pairs + [Element("nvpair", ["id": "l", "name": "passwd", "value": "lrm://"])])
        #expect(list.secretNames == ["passwd", "password", "snmp_priv_passwd", "secret_key"])
    }
}
