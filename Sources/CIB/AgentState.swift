/// What agents keep in the configuration section for good: which of several databases has the newest data, say.
///
/// It looks like desired state, and is none: the agent writes it at run time, and decides by it. Who puts an old value back loses data.
/// Transient attributes (`crm_attribute --lifetime reboot`, `attrd_updater`) are in the status section, where no plan goes.
public struct AgentState: Hashable, Sendable {
    public enum Place: Hashable, Sendable {
        /// An attribute of nodes: `crm_attribute --node`, `--lifetime forever`.
        case nodeAttribute
        /// A cluster option beside the others: `crm_attribute --type crm_config`.
        case option
        /// A set of cluster options of its own: `crm_attribute --type crm_config --set-name`.
        case optionSet
        /// What a node has to offer, or a resource needs: `crm_attribute --utilization`, `crm_resource --utilization`.
        case utilization
    }

    /// The agent's name; that of the package where several of its programs write.
    public let writer: String
    /// Package and version of the source that was read.
    public let source: String
    public let place: Place
    /// `*` stands for what differs: the name of the resource, of a database, of a node.
    public let names: [String]

    private init(_ writer: String, _ source: String, _ place: Place, _ names: String...) {
        (self.writer, self.source, self.place, self.names) = (writer, source, place, names)
    }

    public static let all: [AgentState] = [
        .init("ocf:heartbeat:pgsql", resourceAgents, .nodeAttribute, "*-data-status"),
        .init("ocf:heartbeat:rabbitmq-cluster", resourceAgents, .nodeAttribute, "rmq-node-attr-last-known-*"),
        .init("ocf:heartbeat:db2", resourceAgents, .nodeAttribute, "db2hadr_*_fal"),
        .init("ocf:heartbeat:mysql", resourceAgents, .optionSet, "mysql_replication"),
        .init("ocf:heartbeat:mariadb", resourceAgents, .optionSet, "mysql_replication"),
        .init("ocf:heartbeat:redis", resourceAgents, .optionSet, "redis_replication"),
        .init("ocf:heartbeat:azure-events", resourceAgents, .option, "azure-events_globalPullState", "hostName_*"),
        .init(
            "ocf:heartbeat:azure-events", resourceAgents, .nodeAttribute, "azure-events_lastDocVersion", "azure-events_curNodeState",
            "azure-events_pendingEventIDs", "azName"),
        .init("ocf:heartbeat:azure-events-az", resourceAgents, .option, "azure-events-az_globalPullState", "hostName_*"),
        .init(
            "ocf:heartbeat:azure-events-az", resourceAgents, .nodeAttribute, "azure-events-az_lastDocVersion", "azure-events-az_curNodeState",
            "azure-events-az_pendingEventIDs", "azName", "#health-azure"),
        .init("ocf:heartbeat:NodeUtilization", resourceAgents, .utilization, "cpu", "host_memory", "hv_memory"),
        .init("ocf:heartbeat:VirtualDomain", resourceAgents, .utilization, "cpu", "host_memory", "hv_memory"),
        .init("ocf:heartbeat:Xen", resourceAgents, .utilization, "cpu", "hv_memory"),
        .init("SAPHanaSR", saphanasr, .optionSet, "SAPHanaSR"),
        .init("SAPHanaSR", saphanasr, .option, "hana_*"),
        .init("SAPHanaSR", saphanasr, .nodeAttribute, "hana_*", "lpa_*_lpt"),
    ]

    private static let resourceAgents = "resource-agents 4.12.0"
    private static let saphanasr = "SAPHanaSR 0.162.5, SAPHanaSR-ScaleOut 0.185.4, SAPHanaSR-angi 1.3.4"

    /// Whether an agent keeps something of this name in such a place.
    /// - Parameter writer: nil for any.
    static func has(_ name: String, in place: Place, by writer: String? = nil) -> Bool {
        guard let writer else { return (patterns[place] ?? []).contains { $0.matches(name) } }
        return all.contains { $0.place == place && $0.writer == writer && $0.names.map(Pattern.init).contains { $0.matches(name) } }
    }

    private static let patterns = Dictionary(grouping: all, by: \.place).mapValues { rows in Set(rows.flatMap(\.names)).map(Pattern.init) }

    /// A name with one `*` in it at most.
    private struct Pattern {
        let start: Substring
        /// Nil where the name has to be as it is.
        let end: Substring?

        init(_ name: String) {
            let parts = name.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
            (start, end) = (parts[0], parts.count > 1 ? parts[1] : nil)
        }

        func matches(_ name: String) -> Bool {
            guard let end else { return name == start }
            return name.utf8.count > start.utf8.count + end.utf8.count && name.hasPrefix(start) && name.hasSuffix(end)
        }
    }
}
