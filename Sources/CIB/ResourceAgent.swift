public import XML

/// The agent of a primitive: `ocf:heartbeat:Xen`.
public struct ResourceAgent: Hashable, Sendable, CustomStringConvertible {
    public let standard: String
    /// Of OCF agents.
    public let provider: String?
    public let type: String

    public init(_ standard: String, _ provider: String?, _ type: String) {
        self.standard = standard
        self.provider = provider
        self.type = type
    }

    /// Of a primitive or a template that names its agent itself.
    public init?(_ element: Element) {
        guard let standard = element["class"], let type = element["type"] else { return nil }
        self.init(standard, element["provider"], type)
    }

    public var description: String { [standard, provider, type].compactMap(\.self).joined(separator: ":") }

    public static let xen = ResourceAgent("ocf", "heartbeat", "Xen")
    public static let filesystem = ResourceAgent("ocf", "heartbeat", "Filesystem")
    public static let drbd = ResourceAgent("ocf", "linbit", "drbd")
}

extension ResourceTree {
    /// The file of a domU: what `xmfile` says of a primitive of `ocf:heartbeat:Xen`.
    public func domainFile(of object: CIBObject) -> String? { parameter("xmfile", of: object, with: .xen)?.withoutDetours }

    /// The DRBD resource that a primitive of `ocf:linbit:drbd` stands for.
    public func drbdResource(of object: CIBObject) -> String? { parameter("drbd_resource", of: object, with: .drbd) }

    /// Where a primitive of `ocf:heartbeat:Filesystem` mounts, without a slash at its end.
    public func mountPoint(of object: CIBObject) -> String? {
        parameter("directory", of: object, with: .filesystem)?.withoutDetours
    }

    private func parameter(_ name: String, of object: CIBObject, with agent: ResourceAgent) -> String? {
        guard object.element.name == "primitive", self.agent(of: object) == agent else { return nil }
        return parameter(name, of: object)
    }
}

extension String {
    /// A path as others write it: `/cluster//xen/./old/../a.cfg` is `/cluster/xen/a.cfg`. Symbolic links are not looked for.
    public var withoutDetours: String {
        guard utf8.first == UInt8(ascii: "/"), mayHaveDetours else { return self }
        var components: [Substring] = []
        for component in split(separator: "/") where component != "." {
            if component == ".." { _ = components.popLast() } else { components.append(component) }
        }
        return "/" + components.joined(separator: "/")
    }

    /// Looked at as bytes: every domU's file is asked, and next to none has any.
    private var mayHaveDetours: Bool {
        var isBehindSlash = false
        for byte in utf8 {
            let isSlash = byte == UInt8(ascii: "/")
            if isBehindSlash, isSlash || byte == UInt8(ascii: ".") { return true }
            isBehindSlash = isSlash
        }
        return isBehindSlash && utf8.count > 1
    }
}
