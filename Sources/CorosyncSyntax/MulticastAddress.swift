/// What stands behind mcastaddr, as corosync takes it: it asks getaddrinfo(3), which knows more spellings than four numbers.
enum MulticastAddress {
    case ipv4(isGroup: Bool)
    case ipv6
    /// What it stands for the hosts say, each for itself.
    case name

    /// Nil for what can't be looked up at all.
    init?(_ word: String) {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        if word.contains(":") {
            guard word.allSatisfy({ $0.isInWord || ":.%".contains($0) }) else { return nil }
            self = .ipv6
        } else if let first = Self.firstByte(of: parts) {
            self = .ipv4(isGroup: (224...239).contains(first))
        } else if parts.allSatisfy(Self.isLabel), parts.last?.contains(where: \.isLetter) == true {
            self = .name
        } else {
            return nil
        }
    }

    /// `239.1.1.1`, `239.1`, `0xef010101`: up to four numbers, of which the last one takes what bytes are left (inet_aton(3)).
    private static func firstByte(of parts: [Substring]) -> UInt32? {
        let numbers = parts.compactMap(number)
        guard (1...4).contains(parts.count), numbers.count == parts.count, let last = numbers.last else { return nil }
        let bits = UInt32(8 * (5 - parts.count))
        guard numbers.dropLast().allSatisfy({ $0 < 256 }), bits == 32 || last < 1 << bits else { return nil }
        return parts.count == 1 ? last >> 24 : numbers[0]
    }

    private static func number(_ text: Substring) -> UInt32? {
        if text.lowercased().hasPrefix("0x") { return UInt32(text.dropFirst(2), radix: 16) }
        guard text.first != "+" else { return nil }
        return text.count > 1 && text.first == "0" ? UInt32(text, radix: 8) : UInt32(text)
    }

    private static func isLabel(_ label: Substring) -> Bool {
        !label.isEmpty && label.allSatisfy { $0.isInWord || $0 == "-" }
    }
}

extension Character {
    fileprivate var isInWord: Bool { isASCII && (isLetter || isNumber || self == "_") }
}
