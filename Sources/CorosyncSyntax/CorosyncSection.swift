/// What a section of corosync.conf may hold.
struct CorosyncSection: Sendable {
    let keys: [String: CorosyncValue]
    var sections: [String: CorosyncSection] = [:]
    /// Keys and sections that corosync no longer heeds, with what to do instead.
    var former: [String: String] = [:]
    /// Where any key may stand that begins so: "exec_NAME".
    var prefix: String?

    /// - Returns: nil where the section has no such key.
    func value(of key: String) -> CorosyncValue? {
        keys[key] ?? prefix.flatMap { key.hasPrefix($0) && key != $0 ? .text : nil }
    }

    /// The sections that have a key, or hold a section of such a name: `quorum`, `totem.interface`.
    func holders(of name: String, under path: String = "") -> [String] {
        let own = (keys[name] != nil && former[name] == nil) || sections[name] != nil ? [path] : []
        return own
            + sections.sorted { $0.key < $1.key }.flatMap { section, content in
                content.holders(of: name, under: path.isEmpty ? section : "\(path).\(section)")
            }
    }
}

/// What a key may be set to.
enum CorosyncValue: Hashable, Sendable {
    /// "is expected to be integer in range" (corosync, coroparse.c): anything else is refused.
    case number(ClosedRange<Int>)
    /// A number that must not be less, in whatever unit; 0 stands for the default.
    case atLeast(Int)
    /// Any other word is refused.
    case choice([String])
    /// Any other word is taken for the default, without a word.
    case silentChoice([String])
    case text

    static let count = number(0...Int(UInt32.max))
    static let flag = number(0...Int(UInt8.max))
    static let yesNo = choice(["yes", "no"])
    static let onOff = choice(["on", "off"])
}

extension CorosyncValue {
    /// Whether corosync takes a text as it is meant.
    func allows(_ text: String) -> Bool {
        switch self {
        case .number(let range): Self.number(text).map(range.contains) ?? false
        case .atLeast(let least): Self.number(text).map { $0 == 0 || ($0 >= least && $0 <= Int(UInt32.max)) } ?? false
        case .choice(let words), .silentChoice(let words): words.contains(text)
        case .text: true
        }
    }

    /// Whether corosync does not start with what is not allowed.
    var isStrict: Bool { if case .silentChoice = self { false } else { true } }

    var words: [String] {
        switch self {
        case .choice(let words), .silentChoice(let words): words
        case .number, .atLeast, .text: []
        }
    }

    /// `a number from 0 to 255`.
    var expectation: String {
        switch self {
        case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .atLeast(let least): "a number from \(least) to \(UInt32.max), or 0 for the default"
        case .choice(let words), .silentChoice(let words): words.joined(separator: ", ")
        case .text: "a text"
        }
    }

    /// As strtoll(3) reads it: decimal, with a sign or without.
    static func number(_ text: String) -> Int? { Int(text) }
}
