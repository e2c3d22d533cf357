internal import Diagnostics

/// One of `vif`, in the form of xl-network-configuration(5): `bridge=br-wan,mac=00:16:3E:00:00:01`.
public struct XenInterface: Hashable, Sendable {
    /// As it stands in the file.
    public let specification: String
    private let parameters: DeviceParameters

    public init(_ specification: String) {
        self.specification = specification
        parameters = DeviceParameters(specification)
    }

    /// `00:16:3e:00:00:01`, whichever way it is written; nil for what xl doesn't read as an address.
    public var mac: String? { self["mac"].flatMap(Self.address) }
    public var bridge: String? { self["bridge"] }

    /// Bytes in so many microseconds; nil where there is no limit, or none that xl reads.
    public var rate: (bytes: Int, interval: Int)? {
        self["rate"].flatMap(XenRate.init).map { (Int(clamping: $0.bytesPerInterval), Int(clamping: $0.interval)) }
    }

    /// What it says beyond address, bridge and rate, by the words of xl-network-configuration(5).
    public var options: [String: String] {
        let words = ["model", "script", "ip", "vifname", "gatewaydev", "type", "mtu"]
        var options = Dictionary(words.compactMap { word in self[word].map { (word, $0) } }, uniquingKeysWith: { first, _ in first })
        options["gatewaydev"] = options["gatewaydev"] ?? self["netdev"]
        return options
    }

    public subscript(key: String) -> String? { parameters[key] }

    /// The same text for all that say the same: in the order of the keys, of two with one key the last.
    var meaning: String {
        var values: [String: String?] = [:]
        for parameter in parameters.all {
            let key = parameter.key == "netdev" ? "gatewaydev" : String(parameter.key)
            values[key] = .some(key == "mac" ? mac ?? parameter.value.map(String.init) : parameter.value.map(String.init))
        }
        return values.sorted { $0.key < $1.key }.map { key, value in value.map { "\(key)=\($0)" } ?? key }.joined(separator: ",")
    }

    /// Six numbers in hexadecimal; xl takes any character between them.
    private static func address(_ text: String) -> String? {
        let octets = text.split(maxSplits: 5) { !$0.isHexDigit }.map { UInt8($0.prefix(while: \.isHexDigit), radix: 16) }
        guard octets.count == 6, !octets.contains(nil) else { return nil }
        return octets.compactMap { $0 }.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    }
}

// MARK: What xl objects to

extension XenInterface {
    /// xl says so on its terminal only, and starts the domU, save for numbers that are none.
    var objections: [Objection] { parameters.all.compactMap(objection) }

    private func objection(to parameter: DeviceParameters.Parameter) -> Objection? {
        let key = parameter.key
        guard let value = parameter.value else {
            return ["trusted", "untrusted"].contains(key)
                ? nil : .passedOver(key, "xl passes over \(key) in a network interface", expected: "key=value")
        }
        switch key {
        case _ where key.last == " ":
            return .passedOver(key, "xl passes over \(key)= in a network interface, for its blank", remedy: "remove the blanks around =")
        case "netdev": return .former("netdev=", successor: "gatewaydev=")
        case "accel": return .passedOver(key, "xl does not support accel in a network interface", remedy: "remove it")
        case _ where !Self.keys.contains(String(key)) && !key.hasPrefix("colo_"):
            return .passedOver(
                key, "xl passes over \(key) in a network interface", expected: "a key such as bridge, mac, model, script, vifname",
                remedy: didYouMean(String(key), among: Self.keys))
        default: return objection(to: value, of: key)
        }
    }

    private func objection(to value: Substring, of key: Substring) -> Objection? {
        switch key {
        case "type" where !["vif", "ioemu"].contains(value):
            .passedOver(value, "xl passes over the type \(value) of a network interface", expected: "vif or ioemu")
        case "mac" where !Self.isMAC(value):
            .passedOver("mac=\(value)", "xl can't read the MAC address \(value)", expected: "an address such as 00:16:3e:00:00:01")
        case "rate" where XenRate(String(value)) == nil:
            .refused("rate=\(value)", "xl refuses the rate \(value)", expected: "a rate such as 10Mb/s or 1MB/s@20ms")
        case "devid" where !value.drop { $0 == " " }.isNumeral, "mtu" where !value.drop { $0 == " " }.isNumeral:
            value.prefixMatch(of: /\s*\+?[0-9]/) != nil
                ? .passedOver(value, "xl makes something else of \(key)=\(value)", expected: "a number")
                : .refused("\(key)=\(value)", "xl refuses \(key)=\(value) in a network interface", expected: "a number")
        case "bridge", "script", "vifname", "backend", "gatewaydev", "model":
            value.last == " "
                ? .passedOver("\(key)=\(value)", "xl takes the blank at the end of \(key) for a part of it", remedy: "remove the blank")
                : nil
        default: nil
        }
    }

    private static let keys = [
        "bridge", "gatewaydev", "ip", "script", "backend", "vifname", "model", "forwarddev", "mac", "rate", "type", "devid", "mtu",
    ]

    private static func isMAC(_ text: Substring) -> Bool {
        let blanks = text.reversed().prefix { $0 == " " }.count
        let octets = text.dropLast(blanks).split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "-" }
        return octets.count == 6 && octets.allSatisfy { (1...2).contains($0.utf8.count) && $0.allSatisfy(\.isHexDigit) }
    }
}

extension Substring {
    /// Decimal digits, and nothing besides.
    var isNumeral: Bool { !isEmpty && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
}
