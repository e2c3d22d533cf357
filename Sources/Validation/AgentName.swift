internal import XML

/// A resource agent, as a primitive names it: `ocf:heartbeat:Xen`, `stonith:fence_ipmilan`.
///
/// The name comes from a commit and becomes part of a path: its parts are plain words, and nothing else makes one.
public struct AgentName: Hashable, Sendable, CustomStringConvertible {
    /// `ocf`, `stonith`, `lsb`, `systemd`, or `service` for one of the last two.
    public let standard: String
    /// Of ocf agents alone.
    public let provider: String?
    /// Of plugins for stonith sometimes `external/NAME`.
    public let type: String

    /// Whether it can be asked what it is: scripts and units have no parameters.
    public var hasMetadata: Bool { standard == "ocf" || standard == "stonith" }

    /// Nil for agents of other classes, and for what is no plain word.
    public init?(standard: String, provider: String?, type: String) {
        switch standard {
        case "ocf": guard let provider, provider.isPlain, type.isPlain else { return nil }
        case "stonith": guard provider == nil, (type.hasPrefix("external/") ? String(type.dropFirst(9)) : type).isPlain else { return nil }
        case "lsb", "systemd", "service": guard provider == nil, type.replacing("@", with: "-").isPlain else { return nil }
        default: return nil
        }
        self.standard = standard
        self.provider = provider
        self.type = standard != "lsb" && type.hasSuffix(".service") ? String(type.dropLast(8)) : type
    }

    init?(_ resource: Element) {
        guard let standard = resource["class"], let type = resource["type"] else { return nil }
        self.init(standard: standard, provider: resource["provider"], type: type)
    }

    public var description: String { [standard, provider, type].compactMap(\.self).joined(separator: ":") }
}

extension String {
    /// Letters, digits, - and _, and dots inside: nothing that leads to another directory or passes for an option.
    fileprivate var isPlain: Bool {
        guard let first = utf8.first, first.isAlphanumeric || first == UInt8(ascii: "_") else { return false }
        return utf8.count <= 64 && utf8.allSatisfy { $0.isAlphanumeric || "-_.".utf8.contains($0) }
    }
}

extension UInt8 {
    fileprivate var isAlphanumeric: Bool { (0x30...0x39).contains(self) || (0x41...0x5A).contains(self & 0xDF) }
}
