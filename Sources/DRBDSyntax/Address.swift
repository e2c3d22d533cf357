/// `address [address-family] address:port`: "The address families ipv4, ipv6, ssocks …, sdp …, and sci are supported … If no
/// address family is specified, ipv4 is assumed." (drbd.conf(5), 9.0)
enum Address {
    /// What is wrong with the words: which of them (nil for one that is missing), and what would be right.
    static func objection(to words: [String]) -> (index: Int?, expected: String)? {
        let family = words.first.flatMap { families.contains($0) ? $0 : nil }
        let index = family == nil ? 0 : 1
        guard index < words.count else { return (nil, "an address and a port, such as 192.0.2.1:7788") }
        guard words.count == index + 1 else { return (index + 1, "one address") }
        let isSix = family == "ipv6"
        if !isSix, words[index].hasPrefix("[") { return (index, "ipv6 before an address in brackets") }
        guard let port = port(of: words[index]), (1...65_535).contains(port) else {
            return (index, "a port from 1 to 65535 after the address")
        }
        let host = words[index].prefix(upTo: words[index].lastIndex(of: ":") ?? words[index].endIndex)
        guard isSix ? isSixInBrackets(host) : isFour(host) else {
            return (index, isSix ? "an address of IPv6 in brackets" : "an address of IPv4")
        }
        return nil
    }

    /// `sci` is what ssocks was called before.
    private static let families: Set<String> = ["ipv4", "ipv6", "sdp", "ssocks", "sci"]

    private static func port(of word: String) -> Int? { word.split(separator: ":").last.flatMap { Int($0) } }

    private static func isSixInBrackets(_ text: Substring) -> Bool {
        guard text.hasPrefix("["), text.hasSuffix("]") else { return false }
        let inner = text.dropFirst().dropLast()
        return IPv6Address(inner) != nil && inner.drop { $0 != "%" }.dropFirst().utf8.allSatisfy(\.isBare)
    }

    private static func isFour(_ host: Substring) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { (1...3).contains($0.utf8.count) && Int($0) != nil }
    }
}

extension DRBDDevice {
    /// What is wrong with the arguments of `device`: which of them (nil for one that is missing), and what would be right.
    static func objection(to words: [String]) -> (index: Int?, expected: String)? {
        guard let first = words.first else { return (nil, forms) }
        guard let device = DRBDDevice(words[...]) else { return (words.count > 1 ? 1 : 0, forms) }
        guard let minor = device.minor else { return (0, "a minor number: \(first) minor 1") }
        guard words.count == 3 else { return nil }
        let name = device.path.dropFirst("/dev/drbd".count)
        // "explicit minor number must match with device name … Arbitrary device names must start with /dev/drbd_" (drbdadm)
        guard name.hasPrefix("_") || Int(name) != nil else { return (0, "a name that begins with /dev/drbd_") }
        return name.hasPrefix("_") || Int(name) == minor ? nil : (2, "the minor number that the name says, \(name)")
    }

    private static let forms = "/dev/drbd1, minor 1, or /dev/drbd_name minor 1"
}
