internal import Catalogue
internal import Diagnostics

extension CorosyncConfiguration {
    /// What corosync refuses in the nodelist as a whole.
    func nodeFindings(in source: SourceText) -> [Finding] {
        let list = NodeList(cluster, links: interfaceLinks, (entries.sections("nodelist") + entries.sections("totem")).first?.origin)
        guard !list.nodes.isEmpty else { return [list.absence(in: source)] }
        guard list.nodes.contains(where: { !$0.links.isEmpty }) else { return [list.isolation(in: source)] }
        return list.numbers(in: source) + list.links(in: source) + list.families(in: source) + strayLinks(in: source)
    }

    /// "interface ring number 8 is bigger than allowed maximum 7" (corosync)
    private func strayLinks(in source: SourceText) -> [Finding] {
        entries.sections("nodelist").flatMap { $0.entries.sections("node") }.flatMap(\.entries).compactMap { entry in
            guard case .pair(let key, _, let origin) = entry, let match = key.wholeMatch(of: /ring([0-9]+)_addr/), (Int(match.1) ?? 8) > 7 else {
                return nil
            }
            return Finding(.corosyncSyntax, "corosync refuses \(key)", at: source.place(of: origin), expected: "ring0_addr to ring7_addr")
        }
    }

    /// Links that an interface section sets something of.
    private var interfaceLinks: Set<Int> {
        let interfaces = entries.sections("totem").flatMap { $0.entries.sections("interface") }
        let used = interfaces.filter { interface in
            interface.entries.contains { entry in
                if case .pair(let key, _, _) = entry { key != "linknumber" && CorosyncSection.isOfInterface(key) } else { false }
            }
        }
        return Set(used.map { $0.entries.value("linknumber").flatMap(CorosyncValue.number) ?? 0 })
    }
}

private struct NodeList {
    let nodes: [CorosyncNode]
    private let transport: String
    /// Links without nodes too.
    private let numbers: [Int]
    private let origin: Origin

    init(_ cluster: CorosyncCluster, links: Set<Int>, _ origin: Origin?) {
        nodes = cluster.nodes
        transport = cluster.transport
        numbers = links.union(nodes.flatMap(\.links.keys)).sorted()
        self.origin = origin ?? Origin()
    }

    private var isKnet: Bool { transport == "knet" }

    /// "Every node that should be a member of the membership must be specified." (corosync.conf(5))
    func absence(in source: SourceText) -> Finding {
        Finding(
            .corosyncSyntax, "a corosync.conf without nodes", at: source.place(of: origin),
            expected: "nodelist { } with a node { } for each member; bindnetaddr alone no longer does")
    }

    /// "No interfaces defined" (corosync)
    func isolation(in source: SourceText) -> Finding {
        Finding(.corosyncSyntax, "no node has an address", at: source.place(of: origin), expected: "ring0_addr in each node")
    }

    func numbers(in source: SourceText) -> [Finding] {
        nodes.compactMap { node in
            guard let address = node.links.min(by: { $0.key < $1.key })?.value else {
                return Finding(
                    .ignoredCorosync, "a node without an address is no member", at: source.place(of: node.origin),
                    remedy: "write ring0_addr")
            }
            let isIPv6 = Family(address) == .ipv6
            guard isKnet || isIPv6 else { return nil }
            let most = isKnet ? 65_535 : Int(UInt32.max)
            guard let id = node.id else {
                return Finding(
                    .corosyncSyntax, "a node without a nodeid", at: source.place(of: node.origin),
                    expected: "nodeid: a number from 1 to \(most), as \(isKnet ? "knet" : "IPv6") asks for")
            }
            guard !(1...most).contains(id) else { return nil }
            return Finding(
                .corosyncSyntax, "\(transport) takes no nodeid \(id)", at: source.place(of: "nodeid", from: node.origin),
                expected: "a number from 1 to \(most)")
        }
    }

    /// "Only knet allows crypto or multiple interfaces per node." (corosync.conf(5))
    func links(in source: SourceText) -> [Finding] {
        guard numbers.count > 1 else { return [] }
        guard isKnet else {
            return [
                Finding(
                    .corosyncSyntax, "\(transport) has one link only", at: source.place(of: origin),
                    remedy: "remove ring\(numbers[1])_addr, or write \"transport: knet\"")
            ]
        }
        let members = nodes.filter { !$0.links.isEmpty }
        let missing = numbers.first { link in members.contains { $0.links[link] == nil } }
        if let missing {
            let node = members.first { $0.links[missing] == nil }
            return [
                Finding(
                    .corosyncSyntax, "not all nodes have the same links", at: source.place(of: node?.origin ?? origin),
                    expected: "ring\(missing)_addr in this node too, or in none")
            ]
        }
        return nodes.filter { !$0.isNamed }.map {
            Finding(
                .corosyncSyntax, "a node without a name", at: source.place(of: $0.origin),
                expected: "name: …, as more than one link asks for")
        }
    }

    /// "provided they are consistent on each link" (corosync.conf(5))
    func families(in source: SourceText) -> [Finding] {
        numbers.flatMap { link -> [Finding] in
            let addresses = nodes.compactMap { node in node.links[link].map { (node, $0) } }
            let first = addresses.lazy.filter { !Family.isBroken($0.1) }.compactMap { Family($0.1) }.first
            return addresses.compactMap { node, address in
                let key = "ring\(link)_addr"
                let place = source.place(of: address.isEmpty ? key : address, from: node.origin)
                if Family.isBroken(address) {
                    return Finding(
                        .corosyncSyntax, "\(key) is no address", at: place, expected: "an IP address or the name of a host",
                        remedy: Family.remedy(for: address))
                }
                guard let first, let family = Family(address), family != first else { return nil }
                return Finding(
                    .corosyncSyntax, "\(key) is of \(family.rawValue), and of \(first.rawValue) for another node", at: place,
                    remedy: "take addresses of one kind for each link")
            }
        }
    }
}

/// The kind of an address that is written out; names are for a resolver to tell.
private enum Family: String {
    case ipv4 = "IPv4"
    case ipv6 = "IPv6"

    init?(_ address: String) {
        if address.contains(":") {
            self = .ipv6
        } else if Self.isDotted(address) {
            self = .ipv4
        } else {
            return nil
        }
    }

    /// "failed to parse bindnet address" (corosync), whatever hosts there are: neither an address nor what a host can be called.
    static func isBroken(_ address: String) -> Bool {
        // corosync takes no notice of a carriage return at the end.
        if address.last == "\r" { return isBroken(String(address.dropLast())) }
        if address.contains(":") { return !isIPv6(address) }
        if isDotted(address) { return address.split(separator: ".").contains { (Int($0) ?? .max) > 255 } }
        return address.isEmpty || !address.allSatisfy { !$0.isASCII || $0.isLetter || $0.isNumber || "-._".contains($0) }
    }

    /// What knows a port, a prefix or brackets is written for other programs.
    static func remedy(for address: String) -> String? {
        if let trap = CorosyncValue.trap(in: address) { return trap }
        let bare = address.prefix { $0 != "/" }.filter { !"[];,\"'".contains($0) }
        let words = bare.split(separator: ":", omittingEmptySubsequences: false)
        let alone = words.count == 2 ? String(words[0]) : bare
        guard alone != address, !isBroken(alone) else { return nil }
        return "write \(alone): it has no port, prefix or brackets here"
    }

    /// `fd00::1`, `::ffff:192.0.2.1`, `fe80::1%eth0` (RFC 4291, 2.2).
    private static func isIPv6(_ address: String) -> Bool {
        let parts = address.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 1 || !parts[1].isEmpty else { return false }
        let halves = parts[0].split(separator: "::", omittingEmptySubsequences: false)
        var count = 0
        for (index, half) in halves.enumerated() where !half.isEmpty {
            let groups = half.split(separator: ":", omittingEmptySubsequences: false)
            for (position, group) in groups.enumerated() {
                let isLast = index == halves.count - 1 && position == groups.count - 1
                if isLast, isDotted(String(group)), !isBroken(String(group)) {
                    count += 2
                } else {
                    guard (1...4).contains(group.count), group.allSatisfy(\.isHexDigit) else { return false }
                    count += 1
                }
            }
        }
        return halves.count == 1 ? count == 8 : halves.count == 2 && count < 8
    }

    private static func isDotted(_ address: String) -> Bool {
        address.split(separator: ".", omittingEmptySubsequences: false).count == 4
            && address.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
    }
}
