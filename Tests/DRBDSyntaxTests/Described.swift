import Testing

@testable import DRBDSyntax

/// An option as `drbdsetup xml-help` describes it.
struct Described {
    let name: String
    let kind: Substring
    let body: Substring

    var usual: String? { value("default").map(String.init) }

    static func all(in help: String) -> [Described] {
        help.matches(of: /<option name="([^"]+)" type="([a-z-]+)">((?s:.)*?)<\/option>/).map {
            Described(name: String($0.1), kind: $0.2, body: $0.3)
        }.filter { !foreign.contains($0.name) }
    }

    /// Parameters that drbdadm reads and drbdsetup is told in another way, or not at all.
    static let drbdadmOnly: Set<String> = [
        "delay-probe-volume", "delay-probe-interval", "throttle-threshold", "hold-off-threshold", "use-bmbv", "rate", "after",
    ]

    /// Options of the command that are none of the file.
    private static let foreign: Set<String> = [
        "set-defaults", "tentative", "discard-my-data", "alternate-address", "alternate-peer-address",
    ]

    func expect(_ parameter: Parameter) {
        #expect(parameter.form == form, "\(name)")
    }

    private var form: Parameter.Form? {
        let words = body.matches(of: /<(?:handler|symbol)>([^<]+)</).map { String($0.1) }
        let range = range
        switch kind {
        case "boolean": return .boolean
        case "handler": return name == "protocol" ? .anyCaseWord(words) : .word(words)
        case "numeric-or-symbol": return range.map { .numberOrWord($0, words) }
        // Any text will do there, and no number is refused here.
        case "numeric" where name == "resync-after": return .text()
        case "numeric" where name == "al-extents": return .number(0...UInt64.max)
        case "numeric": return range.map { .number($0, scale) }
        case "string": return .text(longest[name] ?? 63)
        default: return nil
        }
    }

    private var longest: [String: Int] { ["cpu-mask": 907, "transport": 255] }

    private var range: ClosedRange<UInt64>? {
        guard let low = value("min").flatMap({ UInt64($0) }), let high = value("max").flatMap({ UInt64($0) }) else { return nil }
        return low...high
    }

    private var scale: Quantity.Scale {
        switch value("unit_prefix") {
        case "k": .kibi
        case "s": .sectors
        default: .one
        }
    }

    private func value(_ tag: String) -> Substring? {
        guard let start = body.firstRange(of: "<\(tag)>"), let end = body.firstRange(of: "</\(tag)>") else { return nil }
        return body[start.upperBound..<end.lowerBound]
    }
}
