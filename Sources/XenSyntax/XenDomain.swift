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
    /// MiB; the most that the domU may have while it runs.
    public let maxMemory: Int?
    public let maxVCPUs: Int?
    public let disks: [XenDisk]
    public let interfaces: [XenInterface]
    public let framebuffers: [XenFramebuffer]
    public let devices: [XenPCIDevice]
    /// What becomes of the domU when it stops in some way: `on_crash` and `restart`.
    public let events: [String: String]
    public let kernel: String?
    public let ramdisk: String?
    /// `cmdline`, or what `root` and `extra` make up.
    public let commandLine: String?
    /// The order of boot devices of an HVM domU: `cd`.
    public let boot: String?

    public init(_ configuration: XenConfiguration) {
        let settings = configuration.settings
        name = settings["name"]?.text
        kind = Self.kind(type: settings["type"]?.text, builder: settings["builder"]?.text)
        memory = settings["memory"]?.number
        vcpus = settings["vcpus"]?.number
        maxMemory = settings["maxmem"]?.number
        maxVCPUs = settings["maxvcpus"]?.number
        framebuffers = (settings["vfb"]?.texts ?? []).map { XenFramebuffer($0) }
        devices = (settings["pci"]?.texts ?? []).map(XenPCIDevice.init)
        events = settings.filter { Keys.events.contains($0.key) }.compactMapValues(\.text)
        kernel = settings["kernel"]?.text
        ramdisk = settings["ramdisk"]?.text
        commandLine = Self.commandLine(settings)
        boot = settings["boot"]?.text
        disks = (settings["disk"]?.texts ?? []).map { XenDisk($0) }
        interfaces = (settings["vif"]?.texts ?? []).map(XenInterface.init)
    }

    /// xl takes any beginning of the words.
    static func kind(type: String?, builder: String?) -> Kind? {
        if let type { return [Kind.hvm, .pv, .pvh].first { $0.rawValue.hasPrefix(type) } }
        guard let builder else { return .pv }
        return "hvm".hasPrefix(builder) ? .hvm : "generic".hasPrefix(builder) ? .pv : nil
    }

    /// "When cmdline="STRING" is set, root="STRING" and extra="STRING" will be ignored." (xl.cfg(5))
    private static func commandLine(_ settings: [String: XenConfiguration.Value]) -> String? {
        if let line = settings["cmdline"]?.text { return line }
        let parts = [settings["root"]?.text.map { "root=\($0)" }, settings["extra"]?.text].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
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

    /// The texts of a list up to a list within it, where xl reads no further; nil for a text.
    public var texts: [String]? {
        if case .list(let values) = self { values.prefix { !$0.isList }.compactMap(\.text) } else { nil }
    }

    /// As xl reads numbers: blanks before it, a sign, then decimal, `0x…`, or octal after a leading 0. Nil for anything else.
    public var number: Int? {
        guard let text else { return nil }
        var rest = text.utf8.drop { $0 == UInt8(ascii: " ") || (9...13).contains($0) }
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        guard let first = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
        let isHexadecimal =
            first == UInt8(ascii: "0") && rest.count > 2 && [UInt8(ascii: "x"), UInt8(ascii: "X")].contains(rest.dropFirst().first)
        if isHexadecimal { rest = rest.dropFirst(2) }
        guard let digit = rest.first, digit != UInt8(ascii: "-"), digit != UInt8(ascii: "+") else { return nil }
        return Int((isNegative ? "-" : "") + String(Substring(rest)), radix: isHexadecimal ? 16 : first == UInt8(ascii: "0") ? 8 : 10)
    }
}
