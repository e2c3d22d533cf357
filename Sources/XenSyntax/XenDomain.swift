/// What a file says of its domU, as far as a cluster must know it: a view.
public struct XenDomain: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case pv, hvm, pvh
    }

    public let name: String?
    /// From `type`, or from the older `builder`; pv without either. Nil for a word that xl doesn't know.
    public let kind: Kind?
    /// MiB.
    public let memory: Int?
    public let vcpus: Int?
    public let disks: [XenDisk]
    public let interfaces: [XenInterface]

    public init(_ configuration: XenConfiguration) {
        let settings = configuration.settings
        name = settings["name"]?.text
        kind = Self.kind(type: settings["type"]?.text, builder: settings["builder"]?.text)
        memory = settings["memory"]?.number
        vcpus = settings["vcpus"]?.number
        disks = (settings["disk"]?.texts ?? []).map(XenDisk.init)
        interfaces = (settings["vif"]?.texts ?? []).map(XenInterface.init)
    }

    private static func kind(type: String?, builder: String?) -> Kind? {
        if let type { return Kind(rawValue: type) }
        switch builder {
        case nil, "generic", "linux": return .pv
        case "hvm": return .hvm
        default: return nil
        }
    }
}

extension XenConfiguration {
    public var domain: XenDomain { XenDomain(self) }
}

extension XenConfiguration.Value {
    /// Nil for a list.
    public var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The texts of a list; nil for a text.
    public var texts: [String]? {
        if case .list(let values) = self { values.compactMap(\.text) } else { nil }
    }

    /// As xl reads numbers: decimal, `0x…`, or octal after a leading 0. Nil for anything else.
    public var number: Int? {
        guard let text else { return nil }
        if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16) }
        return text.hasPrefix("0") ? Int(text, radix: 8) : Int(text)
    }
}

/// One of `vif`: `bridge=br-wan,mac=00:16:3E:00:00:01`.
public struct XenInterface: Hashable, Sendable {
    /// As it stands in the file.
    public let specification: String

    public init(_ specification: String) { self.specification = specification }

    public var mac: String? { self["mac"]?.lowercased() }
    public var bridge: String? { self["bridge"] }

    public subscript(key: String) -> String? {
        for pair in specification.split(separator: ",") {
            let halves = pair.split(separator: "=", maxSplits: 1)
            if halves.count == 2, halves[0].drop(while: { $0 == " " }) == key[...] { return String(halves[1]) }
        }
        return nil
    }
}
