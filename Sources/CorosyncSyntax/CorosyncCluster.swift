public import Diagnostics

/// What a corosync.conf says of its cluster: a view.
public struct CorosyncCluster: Hashable, Sendable {
    /// `cluster_name` of totem.
    public let name: String?
    /// `knet`, `udp` or `udpu`; knet if the file does not say.
    public let transport: String
    /// The nodelist, in the file's order.
    public let nodes: [CorosyncNode]
    public let quorum: CorosyncQuorum
    /// Where `service { name: pacemaker }` stands, the plugin of corosync 1.
    public let plugin: Origin?

    public init(_ configuration: CorosyncConfiguration) {
        let totem = configuration.entries.sections("totem").flatMap(\.entries)
        name = totem.value("cluster_name")
        transport = totem.value("transport") ?? "knet"
        nodes = configuration.entries.sections("nodelist").flatMap { $0.entries.sections("node") }.map(CorosyncNode.init)
        quorum = CorosyncQuorum(configuration.entries.sections("quorum").flatMap(\.entries))
        plugin = configuration.entries.sections("service").first { $0.entries.value("name") == "pacemaker" }?.origin
    }
}

/// One `node` of the nodelist.
public struct CorosyncNode: Hashable, Sendable {
    /// The name, as Pacemaker takes it too; without `name` the first address stands for it.
    public let name: String?
    /// Nil where the file gives none.
    public let id: Int?
    /// Nil where the file gives no number; a node has one vote then.
    let votes: Int?
    /// `ring0_addr` and so on, by the number of the link.
    let links: [Int: String]
    /// Whether `name` is written out.
    let isNamed: Bool
    public let origin: Origin

    init(_ section: (entries: [CorosyncConfiguration.Entry], origin: Origin)) {
        links = (0..<8).reduce(into: [:]) { $0[$1] = section.entries.value("ring\($1)_addr") }
        let given = section.entries.value("name")
        isNamed = given != nil
        name = given ?? links.min { $0.key < $1.key }?.value
        id = section.entries.value("nodeid").flatMap(CorosyncValue.number)
        votes = section.entries.value("quorum_votes").flatMap(CorosyncValue.number)
        origin = section.origin
    }

    /// By the number of the link.
    public var addresses: [String] { links.sorted { $0.key < $1.key }.map(\.value) }
}

/// How votes are counted: votequorum(5).
public struct CorosyncQuorum: Hashable, Sendable {
    let hasProvider: Bool
    /// Needed where there is no nodelist to count; nil where the file does not say.
    public let expectedVotes: Int?
    /// "Enables two node cluster operations (default: 0)." (votequorum(5))
    public let isTwoNode: Bool
    /// Whether a quorum device votes.
    public let hasDevice: Bool
    /// "the cluster can suffer up to 50% of the nodes failing at the same time" (votequorum(5))
    public let breaksTies: Bool
    let keepsLastMan: Bool
    let scalesDown: Bool
    /// Nil where the file does not say: then as two_node is.
    let waitsForAll: Bool?

    init(_ entries: [CorosyncConfiguration.Entry]) {
        func flag(_ key: String) -> Bool? { entries.value(key).flatMap(CorosyncValue.number).map { $0 != 0 } }
        hasProvider = entries.value("provider") != nil
        expectedVotes = entries.value("expected_votes").flatMap(CorosyncValue.number)
        isTwoNode = flag("two_node") ?? false
        hasDevice = entries.sections("device").contains { !($0.entries.value("model") ?? "").isEmpty }
        breaksTies = flag("auto_tie_breaker") ?? false
        keepsLastMan = flag("last_man_standing") ?? false
        scalesDown = flag("allow_downscale") ?? false
        waitsForAll = flag("wait_for_all")
    }
}

extension CorosyncConfiguration {
    public var cluster: CorosyncCluster { CorosyncCluster(self) }
}
