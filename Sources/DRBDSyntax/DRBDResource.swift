public import Diagnostics

/// A resource that a file defines: a view of its section.
public struct DRBDResource: Hashable, Sendable {
    public let name: String
    public let origin: Origin
    let statements: [DRBDConfiguration.Statement]

    init?(_ section: DRBDConfiguration.Statement) {
        guard let name = section.arguments.first?.text, let body = section.body else { return nil }
        self.name = name
        origin = section.origin
        statements = body
    }

    /// What the resource says of its volumes for all hosts, by number.
    public var volumes: [DRBDVolume] { DRBDVolume.all(in: statements) }

    /// Its `on`, `floating` and `stacked-on-top-of` sections, in the file's order; each volume completed by
    /// what the resource says for all hosts: "The device, disk, and meta-disk parameters must be defined in, or inherited by,
    /// this section." (drbd.conf(5), 9.0)
    public var hosts: [DRBDHost] {
        let inherited = volumes
        return statements.compactMap { DRBDHost($0, inherited: inherited) }
    }
}

extension DRBDConfiguration {
    /// The resources defined here, in the file's order. Those that are skipped are none.
    public var resources: [DRBDResource] { statements.sections("resource").compactMap(DRBDResource.init) }
}

/// Where a resource lives: the section of one host, or of several that share an address.
public struct DRBDHost: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// `uname -n` of each.
        case on([String])
        /// The host is known by its address.
        case floating
        /// The lower resource, whose primary is the host.
        case stackedOnTopOf(String)
    }

    public let kind: Kind
    /// `192.0.2.1:7000`, `[fe80::1%eth0]:7000`; the family, unless it is ipv4, stands before it and a blank.
    public let address: String?
    public let nodeID: Int?
    public let volumes: [DRBDVolume]

    init?(_ section: DRBDConfiguration.Statement, inherited: [DRBDVolume]) {
        guard let kind = Kind(section), let body = section.body ?? (kind == .floating ? [] : nil) else { return nil }
        self.kind = kind
        let own = kind == .floating ? section : nil
        address = (body.parameter("address") ?? own)?.address
        nodeID = (body.parameter("node-id")?.arguments.first?.text).flatMap { Int($0) }
        volumes = DRBDVolume.limit(DRBDVolume.merge(inherited, with: DRBDVolume.all(in: body)), as: body)
    }
}

extension DRBDHost.Kind {
    fileprivate init?(_ section: DRBDConfiguration.Statement) {
        switch section.keyword.text {
        case "on": self = .on(section.arguments.map(\.text))
        case "floating": self = .floating
        case "stacked-on-top-of": self = .stackedOnTopOf(section.arguments.first?.text ?? "")
        default: return nil
        }
    }
}

extension DRBDConfiguration.Statement {
    fileprivate var address: String {
        arguments.map(\.text).drop { $0 == "ipv4" }.joined(separator: " ")
    }
}
