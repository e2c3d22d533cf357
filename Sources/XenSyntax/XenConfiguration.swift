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
        /// Where the key stands.
        public var origin: Origin
        /// Where the value stands.
        public var valueOrigin: ValueOrigin

        public init(
            _ key: String, _ operator: Operator = .set, _ value: Value, origin: Origin = Origin(), valueOrigin: ValueOrigin = ValueOrigin()
        ) {
            self.key = key
            self.operator = `operator`
            self.value = value
            self.origin = origin
            self.valueOrigin = valueOrigin
        }
    }

    /// xl keeps numbers as the text that they were written in: `256` and `'256'` are one value.
    public indirect enum Value: Hashable, Sendable {
        case text(String)
        case list([Value])

        /// Byte for byte, as xl compares: for Swift an é of one code point and one of two are the same text.
        public static func == (a: Self, b: Self) -> Bool {
            switch (a, b) {
            case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
            case (.list(let a), .list(let b)): a == b
            default: false
            }
        }
    }
}

extension XenConfiguration {
    /// What every key has in the end: the last `=` counts, with each `+=` after it.
    public var settings: [String: Value] {
        guard assignments.contains(where: { $0.operator == .add }) else {
            return Dictionary(assignments.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last })
        }
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
        var parts: [Value] = []
        for assignment in assignments where assignment.key == key {
            if assignment.operator == .set { parts = [] }
            parts.append(assignment.value)
        }
        return Value.sum(of: parts)
    }
}

extension XenConfiguration.Value {
    /// One after the other. Where a text and a list meet, it begins anew; xl refuses that.
    static func sum(of parts: [Self]) -> Self? {
        guard let last = parts.last, parts.count > 1 else { return parts.first }
        let first = parts.lastIndex { $0.isList != last.isList }.map { $0 + 1 } ?? 0
        let alike = parts[first...]
        return last.isList ? .list(alike.flatMap(\.items)) : .text(alike.compactMap(\.text).joined())
    }

    private var items: [Self] {
        if case .list(let items) = self { items } else { [] }
    }
}
