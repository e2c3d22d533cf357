import CIB
import Host
import Testing

/// The table of what agents keep in the configuration, against the agents that are installed.
struct AgentStateTests {
    /// Agents that call crm_attribute or sources that do, and keep nothing in the configuration by it: they write transient attributes or
    /// promotion scores, or only read.
    private static let harmless = [
        "SAPInstance": "--lifetime reboot", "galera": "--lifetime reboot", "mpathpersist": "--lifetime reboot", "sg_persist": "--lifetime reboot",
        "rabbitmq-server-ha": "--lifetime reboot", "Stateful": "--promotion", "controld": "reads", "drbd-attr": "reads",
    ]

    private static let library = "/usr/lib/ocf/resource.d"

    private func agents() throws -> [(name: String, text: String)] {
        try FileTree().entries(of: Self.library).flatMap { provider in
            try FileTree().regularFiles(in: "\(Self.library)/\(provider.name)").map { type in
                let bytes = try FileTree().read("\(Self.library)/\(provider.name)/\(type)", limit: 8 << 20)
                return ("ocf:\(provider.name):\(type)", String(decoding: bytes, as: UTF8.self))
            }
        }
    }

    @Test("every installed agent that calls crm_attribute is in the table, or known to be harmless")
    func complete() throws {
        let known = Set(AgentState.all.map(\.writer))
        let callers = try agents().filter { $0.text.contains("crm_attribute") || $0.text.contains("mysql-common.sh") }
        try #require(callers.count >= 10, "resource-agents is not installed")
        let unknown = callers.map(\.name).filter { name in
            !known.contains(name) && Self.harmless[String(name.split(separator: ":").last ?? "")] == nil
        }
        #expect(unknown == [])
    }

    @Test("the names of the table stand in the sources of the agents")
    func names() throws {
        let common = try FileTree().read("/usr/lib/ocf/lib/heartbeat/mysql-common.sh", limit: 8 << 20)
        let texts = try agents().reduce(into: [String: String]()) { $0[$1.name] = $1.text }
        var looked = 0
        for row in AgentState.all {
            guard var text = texts[row.writer] else { continue }
            looked += 1
            if text.contains("mysql-common.sh") { text += String(decoding: common, as: UTF8.self) }
            for part in row.names.flatMap({ $0.split(separator: "*") }) { #expect(text.contains(part), "\(row.writer): \(part)") }
        }
        #expect(looked >= 12)
    }

    @Test("each row has a source")
    func sources() { #expect(AgentState.all.allSatisfy { !$0.source.isEmpty && !$0.names.isEmpty }) }

    @Test(
        "an attribute of a node is an agent's by its name",
        arguments: [
            ("pg-data-status", .agent), ("-data-status", nil), ("data-status-pg", nil), ("hana_ha1_site", .agent), ("lpa_ha1_lpt", .agent),
            ("lpa_ha1", nil), ("db2hadr_db2inst1_SAMPLE_fal", .agent), ("rmq-node-attr-last-known-rabbit", .agent), ("site", nil),
            ("standby", .nodeState),
        ] as [(String, DriftClass?)])
    func attributes(_ name: String, _ driftClass: DriftClass?) {
        #expect(DriftClass.ofPair(name, in: "instance_attributes", of: "node") == driftClass)
    }

    @Test(
        "a set of options, or one of them, too",
        arguments: [("SAPHanaSR", .agent), ("mysql_replication", .agent), ("redis_replication", .agent), ("cib-bootstrap-options", nil)]
            as [(String, DriftClass?)])
    func sets(_ name: String, _ driftClass: DriftClass?) {
        #expect(DriftClass.of(ObjectID(.properties, name)) == driftClass)
        #expect(DriftClass.ofPair("hostName_vm1", in: "cluster_property_set", of: "cluster_property_set") == .agent)
    }

    @Test("what an agent wrote stays whatever git says: neither an old value comes back, nor does the value go")
    func merges() throws {
        let imported = try declared("node alice attributes pg-data-status=LATEST site=north")
        let live = try present("node alice attributes pg-data-status=DISCONNECT site=north")
        let cleaned = try declared("node alice attributes site=north")
        for (base, git) in [(imported, imported), (nil, imported), (cleaned, imported), (imported, cleaned)] {
            var merge = Merge()
            #expect(merge.object(base: base, desired: git, live: live) == live)
            #expect(merge.held.map(\.path.description) == ["attributes pg-data-status"])
        }
        var merge = Merge()
        let gone = try present("node alice attributes site=north")
        #expect(merge.object(base: imported, desired: imported, live: gone) == gone)
    }
}
