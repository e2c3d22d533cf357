// "The derivative of a pattern p with respect to a node x is a pattern for what's left of p after matching x" (James Clark, An
// algorithm for RELAX NG validation, https://relaxng.org/jclark/derivative.html).
extension Pattern {
    /// Whether nothing more need come.
    var isNullable: Bool {
        switch self {
        case .empty: true
        case .notAllowed, .attribute, .child: false
        case .grouping(let a, let b), .interleaving(let a, let b): a.isNullable && b.isNullable
        case .alternative(let a, let b): a.isNullable || b.isNullable
        case .oneOrMore(let part), .during(_, _, let part): part.isNullable
        }
    }

    /// What is left after an attribute.
    func after(attribute name: String, _ value: String) -> Pattern {
        switch self {
        case .attribute(name, let type): return type.accepts(value) ? .empty : .notAllowed
        case .empty, .notAllowed, .attribute, .child, .during: return .notAllowed
        case .alternative(let a, let b): return Self.either(a.after(attribute: name, value), b.after(attribute: name, value))
        case .oneOrMore(let part): return Self.grouped(part.after(attribute: name, value), Self.either(self, .empty))
        case .grouping(let a, let b):
            return Self.either(
                Self.grouped(a.after(attribute: name, value), b), Self.grouped(a, b.after(attribute: name, value)))
        case .interleaving(let a, let b):
            return Self.either(
                Self.interleaved(a.after(attribute: name, value), b), Self.interleaved(a, b.after(attribute: name, value)))
        }
    }

    /// What is left when no attribute follows.
    var afterAttributes: Pattern {
        switch self {
        case .empty, .notAllowed, .child, .during: self
        case .attribute: .notAllowed
        case .grouping(let a, let b): Self.grouped(a.afterAttributes, b.afterAttributes)
        case .interleaving(let a, let b): Self.interleaved(a.afterAttributes, b.afterAttributes)
        case .alternative(let a, let b): Self.either(a.afterAttributes, b.afterAttributes)
        case .oneOrMore(let part): Self.repeated(part.afterAttributes)
        }
    }

    /// What is left after an element.
    func after(child tag: String) -> Pattern {
        switch self {
        case .child(tag, _): return .empty
        case .empty, .notAllowed, .attribute, .child, .during: return .notAllowed
        case .alternative(let a, let b): return Self.either(a.after(child: tag), b.after(child: tag))
        case .oneOrMore(let part): return Self.grouped(part.after(child: tag), Self.either(self, .empty))
        case .grouping(let a, let b):
            let rest = Self.grouped(a.after(child: tag), b)
            return a.isNullable ? Self.either(rest, b.after(child: tag)) : rest
        case .interleaving(let a, let b):
            return Self.either(Self.interleaved(a.after(child: tag), b), Self.interleaved(a, b.after(child: tag)))
        }
    }
}

extension Pattern {
    /// Every attribute and element that the pattern names, in its order.
    var leaves: [Pattern] {
        switch self {
        case .empty, .notAllowed: []
        case .attribute, .child: [self]
        case .grouping(let a, let b), .interleaving(let a, let b), .alternative(let a, let b): a.leaves + b.leaves
        case .oneOrMore(let part), .during(_, _, let part): part.leaves
        }
    }

    /// What must come, of all that may; of alternatives the first.
    var required: [Pattern] {
        switch self {
        case .empty, .notAllowed: []
        case .attribute, .child: [self]
        case .grouping(let a, let b), .interleaving(let a, let b): a.required + b.required
        case .alternative(let a, let b): isNullable ? [] : a.required + b.required
        case .oneOrMore(let part), .during(_, _, let part): part.required
        }
    }

    /// The definition of the elements with a tag.
    func definition(ofChild tag: String) -> Definition? {
        switch self {
        case .child(tag, let definition): definition
        case .empty, .notAllowed, .attribute, .child: nil
        case .grouping(let a, let b), .interleaving(let a, let b), .alternative(let a, let b):
            a.definition(ofChild: tag) ?? b.definition(ofChild: tag)
        case .oneOrMore(let part), .during(_, _, let part): part.definition(ofChild: tag)
        }
    }

    /// What an attribute may be here.
    func types(ofAttribute name: String) -> [ValueType] {
        leaves.compactMap { if case .attribute(name, let type) = $0 { type } else { nil } }
    }
}
