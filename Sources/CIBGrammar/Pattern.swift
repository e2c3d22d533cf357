/// What an element may hold, in the terms of RELAX NG: attributes in any order, then elements.
///
/// https://relaxng.org/spec-20011203.html, without text and without names that are open: a CIB has neither. What the
/// elements inside may hold is said by the definition that they are named by, not by the pattern.
indirect enum Pattern: Hashable, Sendable {
    case empty
    /// Matches nothing.
    case notAllowed
    case attribute(String, ValueType)
    /// An element with this tag, whose content has this definition.
    case child(String, Definition)
    /// One after the other; attributes stand where they like.
    case grouping(Pattern, Pattern)
    case interleaving(Pattern, Pattern)
    case alternative(Pattern, Pattern)
    case oneOrMore(Pattern)
    /// Allowed from one schema on, and before another.
    case during(since: SchemaVersion?, until: SchemaVersion?, Pattern)
}

// How the grammar is written down.
extension Pattern {
    static func group(_ parts: Pattern...) -> Pattern { parts.dropFirst().reduce(parts.first ?? .empty, Pattern.grouping) }
    static func interleave(_ parts: Pattern...) -> Pattern { parts.dropFirst().reduce(parts.first ?? .empty, Pattern.interleaving) }
    static func choice(_ parts: Pattern...) -> Pattern { parts.dropFirst().reduce(parts.first ?? .notAllowed, Pattern.alternative) }
    static func optional(_ part: Pattern) -> Pattern { .alternative(part, .empty) }
    static func zeroOrMore(_ part: Pattern) -> Pattern { .optional(.oneOrMore(part)) }

    static let id = Pattern.attribute("id", .id)
    static func text(_ name: String) -> Pattern { .attribute(name, .text) }
    static func reference(_ name: String) -> Pattern { .attribute(name, .reference) }
    static func boolean(_ name: String) -> Pattern { .attribute(name, .boolean) }
    static func integer(_ name: String) -> Pattern { .attribute(name, .integer) }
    static func word(_ name: String, _ words: String...) -> Pattern { .attribute(name, .oneOf(words)) }
    static func texts(_ names: String...) -> Pattern { names.reduce(.empty) { .grouping($0, .optional(.text($1))) } }

    func since(_ major: Int, _ minor: Int) -> Pattern { .during(since: SchemaVersion(major, minor), until: nil, self) }
    /// In the schemas before that one.
    func until(_ major: Int, _ minor: Int) -> Pattern { .during(since: nil, until: SchemaVersion(major, minor), self) }
}

extension Pattern {
    /// The pattern as one schema has it.
    func at(_ version: SchemaVersion) -> Pattern {
        switch self {
        case .empty, .notAllowed, .attribute, .child: self
        case .grouping(let a, let b): Self.grouped(a.at(version), b.at(version))
        case .interleaving(let a, let b): Self.interleaved(a.at(version), b.at(version))
        case .alternative(let a, let b): Self.either(a.at(version), b.at(version))
        case .oneOrMore(let part): Self.repeated(part.at(version))
        case .during(let since, let until, let part):
            version >= since ?? version && until.map { version < $0 } ?? true ? part.at(version) : .notAllowed
        }
    }

    // Patterns that match nothing, and those that match only nothing, don't grow.

    static func grouped(_ a: Pattern, _ b: Pattern) -> Pattern {
        switch (a, b) {
        case (.notAllowed, _), (_, .notAllowed): .notAllowed
        case (.empty, let other), (let other, .empty): other
        default: .grouping(a, b)
        }
    }

    static func interleaved(_ a: Pattern, _ b: Pattern) -> Pattern {
        switch (a, b) {
        case (.notAllowed, _), (_, .notAllowed): .notAllowed
        case (.empty, let other), (let other, .empty): other
        default: .interleaving(a, b)
        }
    }

    static func either(_ a: Pattern, _ b: Pattern) -> Pattern {
        switch (a, b) {
        case (.notAllowed, let other), (let other, .notAllowed): other
        case (.empty, .empty): .empty
        default: .alternative(a, b)
        }
    }

    static func repeated(_ part: Pattern) -> Pattern {
        switch part {
        case .empty, .notAllowed: part
        default: .oneOrMore(part)
        }
    }

    var isNotAllowed: Bool { if case .notAllowed = self { true } else { false } }
}
