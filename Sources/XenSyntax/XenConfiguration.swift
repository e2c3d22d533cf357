public import Diagnostics

/// A domU's file as xl.cfg(5) describes it: `key = value` and `key += value`, one after the other.
///
/// Two values are `==` when they assign the same in the same order; `isEquivalent(to:)` compares what comes of it.
public struct XenConfiguration: Hashable, Sendable {
    public var assignments: [Assignment]

    public init(_ assignments: [Assignment] = []) { self.assignments = assignments }
}

extension XenConfiguration {
    public struct Assignment: Hashable, Sendable {
        public enum Operator: String, Hashable, Sendable {
            case set = "="
            /// Adds to what the key had before: a text to a text, a list to a list.
            case add = "+="
        }

        /// A lower-case letter, then lower-case letters, digits and `_`.
        public var key: String
        public var `operator`: Operator
        public var value: Value
        public var origin: Origin

        public init(_ key: String, _ operator: Operator = .set, _ value: Value, origin: Origin = Origin()) {
            self.key = key
            self.operator = `operator`
            self.value = value
            self.origin = origin
        }
    }

    /// xl keeps numbers as the text that they were written in: `256` and `'256'` are one value.
    public indirect enum Value: Hashable, Sendable {
        case text(String)
        case list([Value])
    }
}

extension XenConfiguration {
    /// Whether xl would read the same from both. Quotes, layout, comments and the order of keys make no
    /// difference; the order within a list does. What xl reads as a number compares as one: `0x200` is `512`; `builder = "hvm"`
    /// is `type = "hvm"`.
    public func isEquivalent(to other: XenConfiguration) -> Bool {
        self == other || meaning == other.meaning
    }

    private var meaning: [String: Value] {
        var meaning: [String: Value] = settings.reduce(into: [:]) { meaning, setting in
            let number = Keys.numbers.contains(setting.key) ? setting.value.number : nil
            meaning[setting.key] = number.map { .text(String($0)) } ?? setting.value
        }
        Self.modernize(&meaning)
        return meaning
    }

    /// The former spellings are as good as the present ones, where these are not there too.
    private static func modernize(_ meaning: inout [String: Value]) {
        let kind = meaning["builder"]?.text.flatMap { XenDomain.kind(type: nil, builder: $0) }
        if let kind, meaning["type"] == nil {
            meaning["type"] = .text(kind.rawValue)
            meaning["builder"] = nil
        }
        if meaning["stdvga"] == .text("1"), meaning["vga"] == nil {
            meaning["vga"] = .text("stdvga")
            meaning["stdvga"] = nil
        }
    }

    /// What every key has in the end: the last `=` counts, with each `+=` after it.
    public var settings: [String: Value] {
        var parts: [String: [Value]] = [:]
        for assignment in assignments {
            switch assignment.operator {
            case .set: parts[assignment.key] = [assignment.value]
            case .add: parts[assignment.key, default: []].append(assignment.value)
            }
        }
        return parts.compactMapValues(Value.sum(of:))
    }

    /// What one key has in the end.
    public subscript(key: String) -> Value? {
        XenConfiguration(assignments.filter { $0.key == key }).settings[key]
    }
}

extension XenConfiguration.Value {
    /// One after the other. Where a text and a list meet, it begins anew; xl refuses that.
    static func sum(of parts: [Self]) -> Self? {
        guard let last = parts.last else { return nil }
        let first = parts.lastIndex { $0.isList != last.isList }.map { $0 + 1 } ?? 0
        let alike = parts[first...]
        return last.isList ? .list(alike.flatMap(\.items)) : .text(alike.compactMap(\.text).joined())
    }

    private var items: [Self] {
        if case .list(let items) = self { items } else { [] }
    }
}
