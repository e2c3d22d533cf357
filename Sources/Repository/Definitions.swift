package import DRBDSyntax
package import Diagnostics
package import XenSyntax

/// What a file of DRBD says, as far as rules ask for it.
package struct DRBDFile: Sendable {
    package let resources: [ResourceDefinition]
    /// What the `common` section says for all resources, nil without one.
    package let common: ReplicationOptions?
    package let includes: [DRBDInclude]
    /// Whether `/dev/drbd/by-res/NAME` is a directory even of a resource without volume sections.
    package let alwaysNumbersVolumes: Bool
    /// What `common` hands down to the disks and connections of all resources.
    package let commonOptions: [InheritedOption]
    /// Whether the hosts that it is written for may read no newer spelling.
    package let keepsFormerSpelling: Bool

    package init(_ configuration: DRBDConfiguration, in source: SourceText) {
        includes = configuration.includes
        alwaysNumbersVolumes = configuration.alwaysNumbersVolumes
        keepsFormerSpelling = configuration.keepsFormerSpelling
        commonOptions = configuration.commonOptions
        let all = configuration.resources
        let ends = all.dropFirst().map(\.origin.range.lowerBound) + [source.bytes.count]
        resources = zip(all, ends).map { ResourceDefinition($0, in: source, before: $1) }
        common = configuration.replicationOptions
    }
}

extension DRBDConfiguration {
    /// What its `common` section says for all resources; nil without one.
    package var replicationOptions: ReplicationOptions? { hasCommon ? ReplicationOptions { commonOption($0, in: $1) } : nil }
}

extension DRBDResource {
    /// What it says itself.
    package var replicationOptions: ReplicationOptions { ReplicationOptions { option($0, in: $1) } }
}

/// Who may write, what keeps two from it, and when a write is done. Nil where it is not said.
package struct ReplicationOptions: Sendable {
    package private(set) var allowsTwoPrimaries: Bool?
    package private(set) var fencing: String?
    /// `A`, `B` or `C`.
    package private(set) var writeProtocol: String?
    package private(set) var onCongestion: String?
    /// What is run to fence the peer, and to lift that again.
    package private(set) var fencePeer: String?
    package private(set) var unfencePeer: String?

    package init(_ option: (_ keyword: String, _ section: String) -> String?) {
        allowsTwoPrimaries = option("allow-two-primaries", "net").map { $0 == "yes" }
        fencing = option("fencing", "net") ?? option("fencing", "disk")
        writeProtocol = option("protocol", "net")?.uppercased()
        onCongestion = option("on-congestion", "net")
        fencePeer = option("fence-peer", "handlers") ?? option("outdate-peer", "handlers")
        unfencePeer = option("unfence-peer", "handlers") ?? option("after-resync-target", "handlers")
    }

    /// With what others say where these say nothing.
    package func completed(with others: ReplicationOptions?) -> ReplicationOptions {
        var options = self
        options.allowsTwoPrimaries = allowsTwoPrimaries ?? others?.allowsTwoPrimaries
        options.fencing = fencing ?? others?.fencing
        options.writeProtocol = writeProtocol ?? others?.writeProtocol
        options.onCongestion = onCongestion ?? others?.onCongestion
        options.fencePeer = fencePeer ?? others?.fencePeer
        options.unfencePeer = unfencePeer ?? others?.unfencePeer
        return options
    }
}

/// A DRBD resource in its file.
package final class ResourceDefinition: Sendable {
    package let name: String
    package let hosts: [DRBDHost]
    package let options: ReplicationOptions
    /// Of each connection that is described by itself, what it says.
    package let connections: [ReplicationOptions]
    /// What it says where DRBD 9 takes nothing else than `common` says.
    package let boundOptions: [InheritedOption]
    /// The addresses that it is connected by.
    package let addresses: Set<String>
    /// The addresses that it says of its hosts for one connection only.
    package let connectionAddresses: [(host: String, address: String)]
    /// In bytes, for all volumes.
    package let size: Int?
    private let file: SourceText
    private let origin: Origin
    /// Where the next resource of the file begins, or the file ends.
    private let end: Int

    package init(_ resource: DRBDResource, in file: SourceText, before end: Int? = nil) {
        self.end = end ?? file.bytes.count
        name = resource.name
        hosts = resource.hosts
        options = resource.replicationOptions
        connections = resource.connections.map { connection in ReplicationOptions { connection.option($0, in: $1) } }
        addresses = resource.addresses(of: hosts)
        connectionAddresses = resource.connectionAddresses
        boundOptions = resource.boundOptions
        size = resource.size
        origin = resource.origin
        self.file = file
    }

    package var path: String { file.path }

    /// All that it says of the addresses of hosts that it names, with their ports.
    package var endpoints: [(host: String, address: String)] {
        hosts.flatMap { host in host.names.compactMap { name in host.address.map { (name, $0) } } } + connectionAddresses
    }

    package var minors: [Int] { Set(hosts.flatMap(\.volumes).compactMap { $0.device?.minor }).sorted() }

    /// `uname -n` of the hosts that it names.
    package var nodes: [String] { hosts.flatMap(\.names) }

    /// Whether it lies on top of another resource, to carry that to one more host.
    package var isStacked: Bool {
        hosts.contains { if case .stackedOnTopOf = $0.kind { true } else { false } }
    }

    /// Where a word stands in the resource's section.
    package func place(of word: String) -> Place { file.place(range(of: word) ?? origin.range) }

    package func place(of origin: Origin) -> Place { file.place(of: origin) }

    /// Whether the resource's section has a word, in a comment or not.
    package func says(_ word: String) -> Bool { range(of: word) != nil }

    private func range(of word: String) -> Range<Int>? { file.range(of: word, in: origin.range.lowerBound..<end) }
}

extension DRBDHost {
    /// `uname -n`; none for a host that is known by its address.
    package var names: [String] {
        if case .on(let names) = kind { names } else { [] }
    }
}

/// A domU in its file.
package final class DomainDefinition: Sendable {
    package let file: SourceText
    /// `xps-101.cfg`.
    package let fileName: Substring
    package let domain: XenDomain
    package let uuid: String?
    /// The VNC displays that the domU wants as they are, and no other, each with the key that says so.
    package let displays: [Display]
    package let configuration: XenConfiguration

    package init(_ configuration: XenConfiguration, in file: SourceText) {
        self.file = file
        fileName = file.path.utf8.lastIndex(of: UInt8(ascii: "/")).map { file.path[file.path.utf8.index(after: $0)...] } ?? file.path[...]
        self.configuration = configuration
        domain = configuration.domain
        uuid = configuration["uuid"]?.text
        displays = configuration.displays(of: domain)
    }

    /// Where a text stands in the value of a key, or in the text of that number of its list.
    package func place(of text: String, in key: String, at index: Int = 0) -> Place {
        configuration.place(of: text, at: index, in: key, of: file) ?? file.place(at: 0)
    }
}

/// A VNC display that a domU wants as it is, and no other.
package struct Display: Sendable {
    /// `vncdisplay`, or `vfb`.
    package let key: String
    /// Which one of the framebuffers asks.
    package let index: Int
    package let number: String
}

extension XenConfiguration {
    /// vncunused, on by default, "Requests that the VNC display setup searches for a free TCP port to use." (xl.cfg(5))
    fileprivate func displays(of domain: XenDomain) -> [Display] {
        let own = self["vncunused"]?.number == 0 && self["vnc"]?.number != 0 ? [ownDisplay] : []
        return own
            + domain.framebuffers.enumerated().compactMap { index, framebuffer in
                guard framebuffer["vncunused"] == "0" else { return nil }
                return framebuffer["vncdisplay"].map { Display(key: "vfb", index: index, number: $0) }
            }
    }

    /// vnclisten="ADDRESS[:DISPLAYNUM]": "if you specify the display number here, you should not use the vncdisplay option" (xl.cfg(5)).
    private var ownDisplay: Display {
        if let display = self["vncdisplay"]?.number { return Display(key: "vncdisplay", index: 0, number: String(display)) }
        let parts = self["vnclisten"]?.text?.split(separator: ":") ?? []
        return parts.count == 2
            ? Display(key: "vnclisten", index: 0, number: String(parts[1])) : Display(key: "vncunused", index: 0, number: "0")
    }
}
