internal import Diagnostics

/// One of `vif`, in the form of xl-network-configuration(5): `bridge=br-wan,mac=00:16:3E:00:00:01`.
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

    /// What xl refuses or passes over, with what it says of it; none in a sound one.
    var objections: [(part: String, expected: String)] {
        specification.split(separator: ",").compactMap { pair in
            let parameter = pair.drop { $0 == " " || $0 == "\t" }
            guard let equals = parameter.firstIndex(of: "=") else {
                return ["trusted", "untrusted"].contains(parameter) ? nil : (String(parameter), "key=value")
            }
            let (key, value) = (String(parameter[..<equals]), parameter[parameter.index(after: equals)...])
            return Self.objection(to: key, String(value)).map { ($0.isKey ? key : String(value), $0.expected) }
        }
    }

    private static func objection(to key: String, _ value: String) -> (isKey: Bool, expected: String)? {
        switch key {
        case "type": return ["vif", "ioemu"].contains(value) ? nil : (false, "vif or ioemu")
        case "mac": return isMAC(value) ? nil : (false, "an address such as 00:16:3e:00:00:01")
        case "rate": return XenRate(value) == nil ? (false, "a rate such as 10Mb/s or 1MB/s@20ms") : nil
        case "devid", "mtu": return Int(value) == nil ? (false, "a number") : nil
        case "netdev": return (true, "gatewaydev")
        case "accel": return (true, "nothing: xl does not support it")
        default: return keys.contains(key) || key.hasPrefix("colo_") ? nil : (true, nearest(to: key, among: keys) ?? "a key that the manual names")
        }
    }

    private static let keys = ["bridge", "gatewaydev", "ip", "script", "backend", "vifname", "model", "forwarddev", "mac", "rate", "type"]

    private static func isMAC(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 6 && parts.allSatisfy { (1...2).contains($0.utf8.count) && UInt8($0, radix: 16) != nil }
    }
}
