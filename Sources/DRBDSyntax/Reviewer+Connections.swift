internal import Catalogue
internal import Diagnostics

/// Who is connected with whom, in a resource of DRBD 9.
extension Reviewer {
    mutating func reviewConnections(_ body: [Statement], _ hosts: [HostSection]) {
        let connections = body.filter { $0.body != nil && ["connection", "connection-mesh"].contains($0.keyword.text) }
        guard !connections.isEmpty else { return }
        let peers = Peers(hosts)
        for statement in connections {
            let body = statement.body ?? []
            if statement.keyword.text == "connection" { review(connection: statement, body, peers) } else { review(mesh: body, peers) }
        }
    }

    private mutating func review(connection: Statement, _ body: [Statement], _ peers: Peers) {
        if body.contains(where: { $0.keyword.text == "_peer_node_id" }) { return }
        let paths = body.sections("path")
        let own = body.filter(\.isEndpoint)
        if own.isEmpty, paths.isEmpty {
            return report(
                .incompleteResource, "a connection without hosts", connection.keywordPlace(in: source), "name two: host NAME; host NAME;", by: .v9)
        }
        if !own.isEmpty { review(endpoints: own, of: connection, peers) }
        for path in paths { review(endpoints: (path.body ?? []).filter(\.isEndpoint), of: path, peers) }
        if let first = body.firstIndex(where: { $0.keyword.text == "path" }), let late = body[first...].first(where: \.isEndpoint) {
            report(.contradictoryResource, "a host of no path, where there are paths", late.keywordPlace(in: source), "move it into a path", by: .v9)
        }
        for net in body.sections("net").dropFirst() where body.sections("net").first?.body?.isEmpty == false {
            report(.contradictoryResource, "drbdadm refuses a second net section", net.keywordPlace(in: source), "make one of the two", by: .v9)
        }
        for volume in body.sections("volume") {
            guard let number = volume.arguments.first.flatMap({ Int($0.text) }), !peers.volumes.contains(number) else { continue }
            report(.incompleteResource, "no host has a volume \(number)", volume.place(ofArgument: 0, in: source), by: .v9)
        }
    }

    private mutating func review(endpoints: [Statement], of section: Statement, _ peers: Peers) {
        guard endpoints.count == 2 else {
            return report(
                .incompleteResource, "a \(section.keyword) has two ends, and this one \(endpoints.count)", section.keywordPlace(in: source),
                "name two hosts", by: .v9)
        }
        for endpoint in endpoints where endpoint.keyword.text == "host" { review(endpoint, peers) }
        let addresses = endpoints.map(peers.address)
        guard let first = addresses[0], first == addresses[1], first.last?.hasPrefix("127.") != true else { return }
        report(.contradictoryResource, "both ends have one address", endpoints[1].place(ofArgument: 0, in: source), by: .v9)
    }

    private mutating func review(_ endpoint: Statement, _ peers: Peers) {
        guard let name = endpoint.arguments.first else {
            return reportValue(endpoint, nil, "the name of a host", by: .v9)
        }
        reviewWords(of: endpoint, upTo: 1)
        reviewEnd(endpoint)
        guard peers.knows(name.text) else { return reportStranger(name.text, endpoint, 0, peers) }
        if peers.address(endpoint) == nil {
            report(
                .incompleteResource, "\(name.text) has no address", endpoint.place(ofArgument: 0, in: source), "write host \(name) address IP:PORT;",
                by: .v9)
        }
    }

    /// `host NAME [address [FAMILY] ADDRESS:PORT | port PORT] [via …]` (drbd.conf(5), 9.0).
    private mutating func reviewEnd(_ endpoint: Statement) {
        let words = endpoint.arguments.map(\.text)
        let rest = words.dropFirst().prefix { $0 != "via" }
        if endpoint.body != nil, words.dropFirst(1 + rest.count).prefix(3) != ["via", "proxy", "on"] || words.last == "on" {
            return reportValue(endpoint, nil, "via proxy on NAME before the {", by: .v9)
        }
        if endpoint.body != nil { reviewWords(of: endpoint, from: 1 + rest.count + 3) }
        switch rest.first {
        case nil: break
        case "address":
            if let (index, expected) = Address.objection(to: Array(rest.dropFirst())) {
                reportValue(endpoint, index.map { $0 + 2 }, expected, by: .v9)
            }
        case "port":
            guard rest.count != 2 || rest.last.flatMap({ Int($0) }) == nil else { return }
            reportValue(endpoint, rest.count > 1 ? 2 : nil, "a port", by: .v9)
        default: reportValue(endpoint, 1, "address, port or via", by: .v9)
        }
    }

    private mutating func review(mesh: [Statement], _ peers: Peers) {
        for list in mesh where list.body == nil && list.keyword.text == "hosts" {
            if list.arguments.isEmpty { reportValue(list, nil, "the names of hosts", by: .v9) }
            reviewWords(of: list)
            for (index, name) in list.arguments.enumerated() {
                guard peers.knows(name.text) else {
                    reportStranger(name.text, list, index, peers)
                    continue
                }
                if peers.lacksAddress(name.text) {
                    report(
                        .incompleteResource, "\(name.text) has no address", list.place(ofArgument: index, in: source),
                        "write address IP:PORT; in its section", by: .v9)
                }
            }
        }
    }

    private mutating func reportStranger(_ name: String, _ statement: Statement, _ index: Int, _ peers: Peers) {
        report(
            .incompleteResource, "the resource has no host \(name)", statement.place(ofArgument: index, in: source),
            didYouMean(name, among: peers.names) ?? "add \"on \(name) { … }\"", by: .v9)
    }
}

/// The hosts of a resource, by name.
private struct Peers {
    let names: [String]
    let volumes: Set<Int>
    /// Floating and stacked hosts have names that only drbdadm makes.
    private let isOpen: Bool
    private let addresses: [String: [String]]

    init(_ hosts: [HostSection]) {
        names = hosts.flatMap(\.names)
        volumes = hosts.reduce(into: []) { $0.formUnion($1.volumes.keys) }
        isOpen = hosts.contains { $0.isFloating || $0.isStacked }
        addresses = Dictionary(
            hosts.flatMap { host in host.names.map { ($0, host.address?.withoutIPv4 ?? []) } }, uniquingKeysWith: { first, _ in first })
    }

    func knows(_ name: String) -> Bool { isOpen || addresses[name] != nil }

    func lacksAddress(_ name: String) -> Bool { addresses[name]?.isEmpty ?? false }

    /// Of an end of a connection: its own address, or else the host's. Nil where it has none.
    func address(_ endpoint: DRBDConfiguration.Statement) -> [String]? {
        let words = endpoint.arguments.map(\.text)
        if endpoint.keyword.text != "host" { return words.withoutIPv4 }
        guard let name = words.first else { return nil }
        if let start = words.firstIndex(of: "address") { return Array(words[(start + 1)...].prefix { $0 != "via" }).withoutIPv4 }
        guard let address = addresses[name], !address.isEmpty else { return isOpen ? [name] : nil }
        guard let port = words.firstIndex(of: "port"), port + 1 < words.count else { return address }
        return [(address.addressWithoutPort ?? "") + ":" + words[port + 1]]
    }
}

extension DRBDConfiguration.Statement {
    /// `host alpha … via proxy on alpha { … }` too.
    fileprivate var isEndpoint: Bool { ["host", "address", "_this_host", "_remote_host"].contains(keyword.text) }
}
