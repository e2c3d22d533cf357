/// An address of IPv6 in any of its spellings (RFC 4291, section 2.2): `fd00:0::1` is `fd00::1`.
public struct IPv6Address: Hashable, Sendable {
    /// Eight groups of 16 bits.
    private let groups: [UInt16]
    /// `%eth0`.
    private let scope: Substring

    /// Nil for what is none.
    public init?(_ text: some StringProtocol) {
        let text = Substring(text)
        let host = text.prefix { $0 != "%" }
        scope = text[host.endIndex...]
        let halves = host.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false).map(Self.groups)
        switch (halves.count, halves[0], halves.last ?? nil) {
        case (1, let all?, _) where all.count == 8: groups = all
        case (2, let head?, let tail?) where head.count + tail.count < 8:
            groups = head + [UInt16](repeating: 0, count: 8 - head.count - tail.count) + tail
        default: return nil
        }
    }

    private static func groups(of half: Substring) -> [UInt16]? {
        guard !half.isEmpty else { return [] }
        let parts = half.split(separator: ":", omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains(".") {
                let bytes = part.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
                guard bytes.count == 4, let a = bytes[0], let b = bytes[1], let c = bytes[2], let d = bytes[3] else { return nil }
                groups += [UInt16(a) << 8 | UInt16(b), UInt16(c) << 8 | UInt16(d)]
            } else {
                guard (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16) else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    /// All groups, none shortened: equal addresses, equal texts.
    public var text: String { groups.map { String($0, radix: 16) }.joined(separator: ":") + scope }
}

extension String {
    /// `[fd00:0::1]:7789` with all of the address's groups; any other text as it is.
    public var withWholeIPv6: String {
        guard let start = firstIndex(of: "["), let end = lastIndex(of: "]"), start < end, let address = IPv6Address(self[index(after: start)..<end])
        else { return self }
        return self[...start] + address.text + self[end...]
    }
}
