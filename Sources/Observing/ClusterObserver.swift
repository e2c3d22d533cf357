public import ClusterModel
internal import Diagnostics
internal import Host
public import LiveState
internal import XML

/// Asks a running cluster how it is.
public struct ClusterObserver: Sendable {
    public init() {}

    /// `crm_mon --output-as=xml`, and the state of the DC.
    public func status() async throws -> ClusterStatus {
        var status = try await monitored(.cluster)
        if let dc = status.dc { status.isIdle = try await isIdle(dc) }
        return status
    }

    /// How the cluster was when a CIB was written into a file, as its status section says.
    public func status(in file: String) async throws -> ClusterStatus { try await monitored(.file(file)) }

    private func monitored(_ source: CIBSource) async throws -> ClusterStatus {
        let command = Command("crm_mon", ["--one-shot", "--output-as=xml"], environment: source.environment, limit: .seconds(20))
        let output = try await command.run().orThrow()
        return ClusterStatus(monitor: try Element(parsing: SourceText(path: "the output of crm_mon", bytes: output.bytes)))
    }

    /// The name of this node as the cluster knows it (crm_node(8), `--name`).
    public func nodeName() async throws -> String {
        let output = try await Command("crm_node", ["--name"], limit: .seconds(10)).run().orThrow()
        return String(output.text.filter { !$0.isWhitespace })
    }

    /// The name of the private transient attribute in which nodes announce how far they are.
    public static let announcement = "coxswain"

    /// The name of that in which the daemons say of which version they are.
    public static let program = "coxswain-program"

    /// What each node has announced; gone with the node.
    public func announcements() async throws -> [NodeName: Announcement] {
        try await values(of: Self.announcement).mapValues { Announcement(text: $0) }
    }

    /// The version of each node's daemon; of one that is no more, too.
    public func programs() async throws -> [NodeName: String] { try await values(of: Self.program) }

    private func values(of attribute: String) async throws -> [NodeName: String] {
        let output = try await Command("attrd_updater", ["--name", attribute, "--query", "--all"], limit: .seconds(10)).run()
        // Exit code 105, CRM_EX_NOSUCH ("No such object", crm_error(8)), is attrd_updater's way to say that nobody has set it; where no daemon has
        // ever set it on any node, 2.1.5 ends with 78 and says so.
        if output.status == .exited(Self.noSuchObject) || output.error.contains("attribute does not exist") { return [:] }
        let lines = try output.orThrow().text.split(separator: "\n").compactMap(Self.value)
        return Dictionary(lines.map { (NodeName($0), $1) }, uniquingKeysWith: { _, last in last })
    }

    private static let noSuchObject: Int32 = 105

    /// `name="…" host="n1" value="…"`, a line a node.
    private static func value(_ line: Substring) -> (String, String)? {
        let quoted = line.split(separator: "\"", omittingEmptySubsequences: false)
        guard quoted.count >= 6, quoted[2].hasSuffix("host="), quoted[4].hasSuffix("value=") else { return nil }
        return (String(quoted[3]), String(quoted[5]))
    }

    /// "S_IDLE": no election, no transition, nothing to compute.
    private func isIdle(_ dc: String) async throws -> Bool {
        // A DC that has just lost its power is asked in vain until the others notice.
        let output = try await Command("crmadmin", ["--status", dc, "--timeout", "2s"], limit: .seconds(10)).run()
        return output.succeeded && output.text.contains("S_IDLE")
    }
}

extension ClusterStatus {
    /// INFINITY, as a number.
    private static let infinity = 1_000_000

    init(monitor: Element) {
        let summary = monitor.first("summary")
        let dc = summary?.first("current_dc")
        self.init(
            hasQuorum: dc?["with_quorum"] == "true", dc: dc?["present"] == "true" ? dc?["name"] : nil,
            nodes: monitor.first("nodes")?.all("node").map(Node.init(monitor:)) ?? [], resources: [],
            isIdle: false, inMaintenance: summary?.first("cluster_options")?["maintenance-mode"] == "true")
        monitor.first("resources")?.walk { element in
            if element.name == "resource" { resources.append(Resource(monitor: element)) }
        }
        failures = monitor.first("failures")?.all("failure").map(FailedAction.init(monitor:)) ?? []
        for node in monitor.first("node_history")?.all("node") ?? [] {
            for history in node.all("resource_history") {
                guard let count = history["fail-count"], let id = history.id else { continue }
                failCounts[FailCountKey(ResourceID(withoutInstance: id), NodeName(node["name"] ?? ""))] = Int(count) ?? Self.infinity
            }
        }
    }
}

extension ClusterStatus.Node {
    init(monitor node: Element) {
        self.init(
            name: node["name"] ?? "", isOnline: node["online"] == "true", isUnclean: node["unclean"] == "true",
            isPending: node["pending"] == "true", isMember: node["type"] ?? "member" == "member",
            isAvailable: node["standby"] != "true" && node["standby_onfail"] != "true" && node["maintenance"] != "true",
            isInMaintenance: node["maintenance"] == "true")
    }
}

extension ClusterStatus.Resource {
    init(monitor resource: Element) {
        let id = resource.id ?? ""
        self.init(
            id: ResourceID(withoutInstance: id).text, role: resource["role"] ?? "", isActive: resource["active"] == "true",
            isManaged: resource["managed"] == "true", hasFailed: resource["failed"] == "true",
            nodes: resource.all("node").compactMap { $0["name"] }, isBlocked: resource["blocked"] == "true")
    }
}

extension FailedAction {
    /// `op_key="web_start_0"`, or only the key of a probe: `web_monitor_0`.
    init(monitor failure: Element) {
        let parts = (failure["op_key"] ?? failure.id ?? "").split(separator: "_", omittingEmptySubsequences: false)
        let migrates = parts.count > 3 && parts[parts.count - 3] == "migrate"  // migrate_to, migrate_from
        let (name, task) = (parts.dropLast(migrates ? 3 : 2), parts.suffix(migrates ? 3 : 2).dropLast())
        self.init(
            resource: ResourceID(withoutInstance: name.joined(separator: "_")), node: NodeName(failure["node"] ?? ""),
            task: failure["task"] ?? task.joined(separator: "_"), exitStatus: failure["exitstatus"] ?? "",
            exitReason: failure["exitreason"] ?? "", call: failure["call"] ?? "")
    }
}

extension ResourceID {
    /// An instance of a clone is `web:1`.
    fileprivate init(withoutInstance id: String) { self.init(id.prefix { $0 != ":" }) }
}
