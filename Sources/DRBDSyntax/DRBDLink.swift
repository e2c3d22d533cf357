/// What connects two hosts of a resource, or more that share an address: while it is another one on one of them only, they are apart.
public struct DRBDLink: Hashable, Sendable {
    /// Of each host its name, its address and the proxy before it, sorted.
    let ends: [String]
    /// `net { transport … }`; it can't be changed while the peers are connected.
    let transport: String

    public var description: String { ends.joined(separator: " and ") + (transport == Self.usual ? "" : " by \(transport)") }

    /// Where no module is named.
    fileprivate static let usual = "tcp"
}

extension DRBDResource {
    /// The connections, and of each its paths; of hosts that no connection is written for, those between any two of them.
    ///
    /// - Parameter common: what holds for all resources that say nothing else.
    public func links(under common: DRBDConfiguration?) -> Set<DRBDLink> {
        let hosts = statements.compactMap(Host.init)
        let transport = option("transport", in: "net") ?? common?.commonOption("transport", in: "net")
        let written = statements.sections("connection").flatMap { Self.links(of: $0.body ?? [], hosts, transport) }
        let meshes = statements.sections("connection-mesh").flatMap { Self.links(ofMesh: $0.body ?? [], hosts, transport) }
        guard written.isEmpty, meshes.isEmpty else { return Set(written + meshes) }
        return Set(Self.pairs(hosts, transport))
    }

    private typealias Statement = DRBDConfiguration.Statement

    /// A section of one host, or of several that share an address.
    private struct Host {
        let names: [String]
        let end: String

        init?(_ statement: Statement) {
            guard let section = HostSection(statement, inheriting: []) else { return nil }
            names = section.names.isEmpty ? [section.title] : section.names
            let address = (section.address ?? []).withoutIPv4.joined(separator: " ")
            let proxies = section.body.sections("proxy").map { Self.words(of: $0) }
            end = ([names.sorted().joined(separator: " "), address] + proxies).filter { !$0.isEmpty }.joined(separator: " ")
        }

        private static func words(of proxy: Statement) -> String {
            let places = (proxy.body ?? []).filter { ["inside", "outside"].contains($0.keyword.text) }
            let words = places.map { ([$0.keyword.text] + $0.arguments.map(\.text).withoutIPv4).joined(separator: " ") }.sorted()
            return (["via proxy on"] + proxy.arguments.map(\.text).dropFirst() + words).joined(separator: " ")
        }
    }

    private static func links(of body: [Statement], _ hosts: [Host], _ transport: String?) -> [DRBDLink] {
        let own = body.option("transport", in: "net") ?? transport ?? DRBDLink.usual
        let paths = body.sections("path").map { $0.body ?? [] }
        return (paths.isEmpty ? [body] : paths).compactMap { path in
            let ends = path.filter { $0.keyword.text == "host" }.map { end(of: $0, hosts) }.sorted()
            return ends.isEmpty ? nil : DRBDLink(ends: ends, transport: own)
        }
    }

    /// `host NAME [address ADDRESS [via proxy on …]]`: what it does not say is the host's.
    private static func end(of statement: Statement, _ hosts: [Host]) -> String {
        let words = statement.arguments.map(\.text).withoutIPv4
        guard words.count == 1, let name = words.first else { return words.filter { $0 != "address" }.joined(separator: " ") }
        return hosts.first { $0.names.contains(name) }?.end ?? name
    }

    private static func links(ofMesh body: [Statement], _ hosts: [Host], _ transport: String?) -> [DRBDLink] {
        let names = Set(body.filter { $0.keyword.text == "hosts" }.flatMap { $0.arguments.map(\.text) })
        return pairs(hosts.filter { !names.isDisjoint(with: $0.names) }, body.option("transport", in: "net") ?? transport)
    }

    private static func pairs(_ hosts: [Host], _ transport: String?) -> [DRBDLink] {
        hosts.indices.flatMap { first in
            hosts[(first + 1)...].map { DRBDLink(ends: [hosts[first].end, $0.end].sorted(), transport: transport ?? DRBDLink.usual) }
        }
    }
}
