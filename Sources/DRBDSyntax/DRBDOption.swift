extension DRBDResource {
    /// What the resource says of an option (`fencing` in `net`), `yes` for one without a value; nil where it says nothing.
    public func option(_ keyword: String, in section: String) -> String? { statements.option(keyword, in: section) }
}

extension DRBDResource {
    /// The connections that it describes one by one; none where all follows from the hosts.
    public var connections: [DRBDConnection] {
        (statements.sections("connection") + statements.sections("connection-mesh")).map { DRBDConnection(statements: $0.body ?? []) }
    }
}

/// A `connection` section of DRBD 9; or a `connection-mesh`, which stands for one between any two of its hosts.
public struct DRBDConnection: Hashable, Sendable {
    let statements: [DRBDConfiguration.Statement]

    /// What the connection says of an option by itself.
    public func option(_ keyword: String, in section: String) -> String? { statements.option(keyword, in: section) }

    /// The names of the hosts that it connects.
    public var hosts: Set<String> {
        Set(ends.map(\.host)).union(statements.filter { $0.keyword.text == "hosts" }.flatMap { $0.arguments.map(\.text) })
    }

    /// The hosts of its ends, each with the address that holds for this connection; nil where that of the host does.
    var ends: [(host: String, address: String?)] {
        (statements + statements.sections("path").flatMap { $0.body ?? [] }).compactMap { statement in
            guard statement.keyword.text == "host", let host = statement.arguments.first?.text else { return nil }
            let words = statement.arguments.map(\.text)
            return (
                host, words.firstIndex(of: "address").map { words[($0 + 1)...].prefix { $0 != "via" }.drop { $0 == "ipv4" }.joined(separator: " ") }
            )
        }
    }
}

extension DRBDResource {
    /// The addresses that it is connected by: drbdadm looks at no others.
    public var addresses: Set<String> { addresses(of: hosts) }

    /// What its connections and their paths say of the addresses of hosts.
    public var connectionAddresses: [(host: String, address: String)] {
        connections.flatMap(\.ends).compactMap { end in end.address.map { (end.host, $0) } }
    }

    /// - Parameter hosts: its hosts, where they are at hand.
    public func addresses(of hosts: [DRBDHost]) -> Set<String> {
        let own = hosts.compactMap { host in host.address.map { (host, $0) } }
        guard !statements.sections("connection").isEmpty else { return Set(own.map(\.1)) }
        let byName = Dictionary(
            own.flatMap { host, address -> [(String, String)] in if case .on(let names) = host.kind { names.map { ($0, address) } } else { [] } },
            uniquingKeysWith: { first, _ in first })
        let meshed = statements.sections("connection-mesh").flatMap { $0.body ?? [] }.filter { $0.keyword.text == "hosts" }.flatMap(\.arguments).map(
            \.text)
        let ends = connections.flatMap(\.ends) + meshed.map { ($0, nil) }
        return Set(ends.compactMap { $0.address ?? byName[$0.host] })
    }
}

extension DRBDResource {
    /// In bytes: how much of each backing device is used, where the resource says so for all volumes.
    public var size: Int? { statements.size }

    /// The same, where `common` may say it in its place: 0 there is a word too, and leaves the choice to DRBD.
    public func size(under common: DRBDConfiguration?) -> Int? { statements.saysSize ? size : common?.commonSize }
}

extension DRBDConfiguration {
    /// Whether the file has a `common` section.
    public var hasCommon: Bool { !statements.sections("common").isEmpty }

    /// In bytes: how much of each backing device the resources use that don't say it.
    fileprivate var commonSize: Int? { statements.sections("common").flatMap { $0.body ?? [] }.size }

    /// What the `common` section says of an option, for the resources that don't.
    public func commonOption(_ keyword: String, in section: String) -> String? {
        statements.sections("common").flatMap { $0.body ?? [] }.option(keyword, in: section)
    }
}

extension [DRBDConfiguration.Statement] {
    func option(_ keyword: String, in section: String) -> String? {
        let parameters = sections(section).flatMap { $0.body ?? [] }
        // DRBD 8 had protocol beside net.
        guard let parameter = parameters.parameter(keyword) ?? (keyword == "protocol" ? self.parameter(keyword) : nil) else { return nil }
        return parameter.arguments.isEmpty ? "yes" : parameter.arguments.map(\.text).joined(separator: " ")
    }
}
