public import Diagnostics

/// What a corosync.conf says of its cluster: a view.
public struct CorosyncCluster: Hashable, Sendable {
    /// `cluster_name` of totem.
    public let name: String?
    /// `knet`, `udp` or `udpu`; knet if the file does not say.
    public let transport: String
    /// The nodelist, in the file's order.
    public let nodes: [CorosyncNode]
    /// "Enables two node cluster operations (default: 0)."
    public let isTwoNode: Bool
    /// "expected_votes: … required … if the nodelist is not present"; nil where the file does not say.
    public let expectedVotes: Int?
    /// Where `service { name: pacemaker }` stands, the plugin of corosync 1.
    public let plugin: Origin?

    public init(_ configuration: CorosyncConfiguration) {
        let totem = configuration.entries.sections("totem").flatMap(\.entries)
        let quorum = configuration.entries.sections("quorum").flatMap(\.entries)
        name = totem.value("cluster_name")
        transport = totem.value("transport") ?? "knet"
        nodes = configuration.entries.sections("nodelist").flatMap { $0.entries.sections("node") }.map(CorosyncNode.init)
        isTwoNode = quorum.value("two_node") == "1"
        expectedVotes = quorum.value("expected_votes").flatMap { Int($0) }
        plugin = configuration.entries.sections("service").first { $0.entries.value("name") == "pacemaker" }?.origin
    }
}

/// One `node` of the nodelist.
public struct CorosyncNode: Hashable, Sendable {
    /// The name, as Pacemaker takes it too; without `name` the first address stands for it.
    public let name: String?
    /// Nil where the file gives none.
    public let id: Int?
    /// `ring0_addr` and so on, by the number of the link.
    public let addresses: [String]
    public let origin: Origin

    init(_ section: (entries: [CorosyncConfiguration.Entry], origin: Origin)) {
        addresses = (0..<8).compactMap { section.entries.value("ring\($0)_addr") }
        name = section.entries.value("name") ?? addresses.first
        id = section.entries.value("nodeid").flatMap { Int($0) }
        origin = section.origin
    }
}

extension CorosyncConfiguration {
    public var cluster: CorosyncCluster { CorosyncCluster(self) }
}
