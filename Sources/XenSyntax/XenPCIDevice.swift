/// One of `pci`: `[DDDD:]BB:DD.F[@VSLOT],KEY=VALUE,…` of xl-pci-configuration(5), or `name=…`.
public struct XenPCIDevice: Hashable, Sendable {
    /// As it stands in the file.
    public let specification: String
    /// `0000:03:00.0`; nil for one that is known by its name.
    public private(set) var address: String?
    public private(set) var name: String?
    /// What xl refuses of it; nil for a sound one.
    private(set) var objection: String?

    /// The address as it is written.
    private var word: Substring?

    /// The same for all spellings of an address.
    var meaning: String {
        guard objection == nil, let address, let word else { return specification }
        return "\(specification[..<word.startIndex])\(address)\(specification[word.endIndex...])"
    }

    static let flags: Set<Substring> = ["permissive", "msitranslate", "seize", "power_mgmt"]

    public init(_ specification: String) {
        self.specification = specification
        let parts = specification.split(separator: ",", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() where !(part.isEmpty && index == parts.count - 1 && index > 0) {
            if !part.contains("="), index == 0 { readPositional(part) } else { readPair(part) }
        }
        if objection == nil, (address == nil) == (name == nil) { objection = specification }
    }

    private mutating func readPositional(_ part: Substring) {
        let halves = part.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        readAddress(halves[0])
        if halves.count > 1 { readSlot(halves[1]) }
    }

    private mutating func readPair(_ part: Substring) {
        guard let equals = part.firstIndex(of: "=") else { return refuse(part) }
        let value = part[part.index(after: equals)...]
        switch part[..<equals] {
        case "bdf": readAddress(value)
        case "vslot": readSlot(value)
        case "name": name = String(value)
        case "rdm_policy": if value != "strict", value != "relaxed" { refuse(value) }
        case let key: if !Self.flags.contains(key) { refuse(part) }
        }
    }

    private mutating func readAddress(_ text: Substring) {
        guard let match = text.wholeMatch(of: /(?:([0-9a-fA-F]+):)?([0-9a-fA-F]+):([0-9a-fA-F]+)\.([0-9a-fA-F]+|\*)/) else {
            return refuse(text)
        }
        let numbers = [match.1 ?? "0", match.2, match.3, match.4 == "*" ? "0" : match.4].map { Int($0, radix: 16) ?? .max }
        guard zip(numbers, [0xFFFF, 0xFF, 0x1F, 7]).allSatisfy({ $0 <= $1 }) else { return refuse(text) }
        let padded = zip(numbers, [4, 2, 2, 1]).map { number, width in
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        word = text
        address = "\(padded[0]):\(padded[1]):\(padded[2]).\(match.4 == "*" ? "*" : padded[3])"
    }

    private mutating func readSlot(_ text: Substring) {
        guard let slot = Int(text, radix: 16), slot <= 0x1F else { return refuse(text) }
    }

    private mutating func refuse(_ part: Substring) { objection = objection ?? String(part) }
}
