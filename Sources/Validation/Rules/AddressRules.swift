internal import Catalogue
internal import CorosyncSyntax
internal import DRBDSyntax
internal import Diagnostics
internal import OCFS2Syntax
internal import Repository

/// The addresses that corosync.conf, OCFS2's cluster.conf and the .res files give to the nodes: one node's can't be another's.
enum AddressRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        let ocfs2 = cluster.files.ocfs2
        var known = NodeAddresses()
        for node in cluster.files.corosync?.content.cluster.nodes ?? [] {
            for address in node.addresses { known.add(address, of: node.name, in: "corosync.conf") }
        }
        let contradicted = ocfs2.map { contradictions(in: $0, to: known) } ?? []
        for node in ocfs2?.content.nodes ?? [] { known.add(node["ip_address"], of: node["name"], in: "cluster.conf") }
        guard !known.isEmpty else { return contradicted }
        let ports = listeners(of: ocfs2?.content)
        return contradicted + cluster.resources.flatMap { contradictions(in: $0, to: known) + taken(ports, by: $0) }
    }

    private static func contradictions(in file: ReadFile<OCFS2Configuration>, to known: NodeAddresses) -> [Finding] {
        file.content.nodes.compactMap { node in
            guard let address = node["ip_address"], let holder = known.holder(of: address, insteadOf: node["name"]) else { return nil }
            return finding(address, holder, at: file.source.place(of: address, from: node.origin))
        }
    }

    private static func contradictions(in definition: ResourceDefinition, to known: NodeAddresses) -> [Finding] {
        var told: Set<String> = []
        return definition.endpoints.compactMap { name, address in
            let address = address.withoutPort
            guard let holder = known.holder(of: address, insteadOf: name), told.insert(address).inserted else { return nil }
            return finding(address, holder, at: definition.place(of: address))
        }
    }

    private static func finding(_ address: String, _ holder: NodeAddresses.Holder, at place: Place) -> Finding {
        Finding(
            .foreignAddress, "\(address) is the address of \(holder.node) in \(holder.file)", at: place, remedy: Rule.foreignAddress.remedy)
    }

    // MARK: Ports

    /// "ip_port: Specifies the IP port to be used for heartbeat communication" (ocfs2.cluster.conf(5)); each by address and port.
    private static func listeners(of configuration: OCFS2Configuration?) -> Set<String> {
        Set(
            (configuration?.nodes ?? []).compactMap { node in
                guard let address = node["ip_address"], let port = node["ip_port"] else { return nil }
                return "\(address):\(port)"
            })
    }

    private static func taken(_ listeners: Set<String>, by definition: ResourceDefinition) -> [Finding] {
        let taken = (definition.hosts.compactMap(\.address) + definition.connectionAddresses.map(\.address)).first { listeners.contains($0) }
        return taken.map { address in
            [
                Finding(
                    .takenPort, "o2cb listens on \(address), says cluster.conf", at: definition.place(of: address), remedy: Rule.takenPort.remedy)
            ]
        } ?? []
    }
}

/// Which node an address belongs to, and who says so.
private struct NodeAddresses {
    typealias Holder = (node: String, file: String)

    private var holders: [String: [Holder]] = [:]
    private var nodes: Set<String> = []

    var isEmpty: Bool { holders.isEmpty }

    /// A name that stands for an address is none: only the hosts know what it is resolved to.
    mutating func add(_ address: String?, of node: String?, in file: String) {
        guard let address, let node, let address = address.canonicalAddress else { return }
        nodes.insert(node)
        holders[address, default: []].append((node, file))
    }

    /// Another node that the address belongs to. Of a node that no file knows nothing is said: it may be one of these under another name.
    func holder(of address: String, insteadOf node: String?) -> Holder? {
        guard let node, nodes.contains(node), let holders = address.canonicalAddress.flatMap({ self.holders[$0] }) else { return nil }
        return holders.contains { $0.node == node } ? nil : holders.first
    }
}

extension String {
    /// `192.0.2.1` of `192.0.2.1:7789`, `fd00::1` of `ipv6 [fd00::1]:7789`.
    fileprivate var withoutPort: String {
        let word = self[(lastIndex(of: " ").map { index(after: $0) } ?? startIndex)...]
        let host = word.lastIndex(of: ":").map { word[..<$0] } ?? word
        return String(host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host)
    }

    /// One spelling for all of an address; nil for a name, and for a host's own, which each host has.
    fileprivate var canonicalAddress: String? {
        if let address = IPv6Address(self)?.text { return address == "0:0:0:0:0:0:0:1" ? nil : address }
        let bytes = split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard bytes.count == 4, !bytes.contains(nil), bytes.first != 127 else { return nil }
        return bytes.compactMap(\.self).map { "\($0)" }.joined(separator: ".")
    }
}
