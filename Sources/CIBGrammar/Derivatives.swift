/// A pattern with those that are left of it after an attribute or an element, each worked out when it is first come to: what RE2 does for
/// regular expressions.
final class Derivatives {
    let pattern: Pattern
    private var afterAttribute: [String: Alternatives] = [:]
    private var afterChild: [String: Derivatives] = [:]
    /// What is left when no attribute follows.
    private(set) lazy var afterAttributes = successor(pattern.afterAttributes)

    /// What is left behind an id, or the same where none can follow.
    private(set) lazy var afterGivenID = pattern.types(ofAttribute: "id").isEmpty ? self : after(attribute: "id", "id")

    init(of pattern: Pattern) { self.pattern = pattern }

    /// What may follow an attribute of one name: that depends only on which of the types its value has.
    private struct Alternatives {
        let types: [ValueType]
        var successors: [[Bool]: Derivatives] = [:]
    }

    func after(attribute name: String, _ value: String) -> Derivatives {
        var alternatives = afterAttribute[name] ?? Alternatives(types: pattern.types(ofAttribute: name))
        let accepting = alternatives.types.map { $0.accepts(value) }
        if let known = alternatives.successors[accepting] { return known }
        let next = successor(pattern.after(attribute: name, value))
        alternatives.successors[accepting] = next
        afterAttribute[name] = alternatives
        return next
    }

    func after(child tag: String) -> Derivatives {
        if let known = afterChild[tag] { return known }
        let next = successor(pattern.after(child: tag))
        afterChild[tag] = next
        return next
    }

    /// Of what may come any number of times the same is left, and there are no more patterns for a longer list.
    private func successor(_ next: Pattern) -> Derivatives { next == pattern ? self : Derivatives(of: next) }
}
