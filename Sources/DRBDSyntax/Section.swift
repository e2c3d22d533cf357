/// Where a statement of drbd.conf(5) stands: what may stand there depends on it.
enum Section: Hashable, Sendable {
    /// The file itself, outside of all sections.
    case file
    case global, common, resource
    /// `on` and `floating`.
    case host
    case stackedOnTopOf
    case volume, volumeOfStacked, volumeOfConnection
    case connection, connectionMesh, path
    case disk
    /// The disk options of a connection, which are those of the peer's devices.
    case diskOfConnection
    case net, syncer, startup, handlers, options
    case proxy
    /// `proxy on HOST`, within a host.
    case proxyOnHost
    /// Of a proxy: what stands in it is the plugin's.
    case plugin
    /// One that no drbdadm knows, or that it skips: what stands in it is not judged.
    case unknown
}

extension Section {
    /// The section that a keyword opens here; nil where no drbdadm knows one.
    func section(_ keyword: String) -> (section: Section, dialects: Dialects)? { Self.sections[self]?[keyword] ?? plugin(keyword) }

    /// 9 takes any word before a brace for a plugin: "proxy_delegate" (drbdadm_parser.c).
    private func plugin(_ keyword: String) -> (section: Section, dialects: Dialects)? {
        self == .proxy && parameter(keyword) == nil ? (.plugin, .v9) : nil
    }

    /// The keywords of the sections that may stand here.
    var sectionKeywords: [String] { (Self.sections[self] ?? [:]).keys.sorted() }

    /// Every keyword that opens a section somewhere.
    static let keywords: Set<String> = Set(sections.values.flatMap(\.keys))

    private typealias Sections = [String: (section: Section, dialects: Dialects)]

    private static let sections: [Section: Sections] = [
        .file: ["global": (.global, .all), "common": (.common, .all), "resource": (.resource, .all), "skip": (.unknown, .all)],
        .common: shared,
        .resource: shared.merging(
            [
                "on": (.host, .all), "floating": (.host, .all), "_this_host": (.host, .all), "_remote_host": (.host, .before9),
                "stacked-on-top-of": (.stackedOnTopOf, .all), "connection": (.connection, .v9),
            ], uniquingKeysWith: { $1 }),
        .host: [
            "volume": (.volume, .since84), "options": (.options, .since84), "proxy": (.proxyOnHost, .all), "disk": (.disk, .since84),
            "skip": (.unknown, .v9),
        ],
        .stackedOnTopOf: ["volume": (.volumeOfStacked, .since84), "proxy": (.proxyOnHost, .all)],
        .volume: ["disk": (.disk, .since84), "skip": (.unknown, .v9)],
        .volumeOfStacked: ["disk": (.disk, .v9)],
        .connection: [
            "net": (.net, .v9), "disk": (.diskOfConnection, .v9), "path": (.path, .v9), "volume": (.volumeOfConnection, .v9),
            "host": (.proxyOnHost, .v9), "skip": (.unknown, .v9),
        ],
        .connectionMesh: ["net": (.net, .v9)],
        .path: ["host": (.proxyOnHost, .v9)],
        .volumeOfConnection: ["disk": (.diskOfConnection, .v9)],
        .proxy: ["plugin": (.plugin, .all)],
        .proxyOnHost: ["options": (.proxy, .since84)],
    ]

    /// What `common` and `resource` may hold.
    private static let shared: Sections = [
        "disk": (.disk, .all), "net": (.net, .all), "syncer": (.syncer, .all), "startup": (.startup, .all),
        "handlers": (.handlers, .all), "proxy": (.proxy, .all), "options": (.options, .since84), "volume": (.volume, .since84),
        "connection-mesh": (.connectionMesh, .v9), "skip": (.unknown, .v9),
    ]
}
