public import CIB
internal import XML

/// Holds elements against a grammar, one after the other.
///
/// The thousands of primitives of a configuration take the same way through it: what was worked out for one serves the next.
public final class SchemaValidator {
    public let grammar: Grammar
    private let givesIDs: Bool
    private var starts: [Definition: Derivatives] = [:]

    /// - Parameter givesIDs: whether an element without an id counts as one with a good id: elements get theirs when they come into a cluster.
    public init(_ grammar: Grammar, givingIDs givesIDs: Bool = false) {
        self.grammar = grammar
        self.givesIDs = givesIDs
    }

    /// What the schema doesn't allow in an object.
    ///
    /// - Parameter tag: what a resource is that the object holds, `primitive` or `group`; nil where nobody knows.
    public func flaws(in object: CIBObject, tag: @escaping (String) -> String?) -> [Flaw] {
        let section = object.id.section
        guard let sectionDefinition = grammar.pattern(of: .configuration).definition(ofChild: section) else {
            return [stranger(object.element, in: section)]
        }
        if object.id.kind == .fencing { return flaws(in: object.element, sectionDefinition, tag) }
        guard let definition = grammar.pattern(of: sectionDefinition).definition(ofChild: object.element.name) else {
            return [stranger(object.element, in: section)]
        }
        return flaws(in: object.element, definition, tag)
    }

    /// The same of a whole configuration, the resources in their groups and clones.
    func flaws(in configuration: Element) -> [Flaw] { flaws(in: configuration, .configuration, { _ in nil }) }

    private func flaws(in element: Element, _ definition: Definition, _ tag: @escaping (String) -> String?) -> [Flaw] {
        var check = Check(states: start, givesIDs: givesIDs, tag: tag)
        check.element(element, definition)
        return check.flaws
    }

    private func start(_ definition: Definition) -> Derivatives {
        if let known = starts[definition] { return known }
        let start = Derivatives(of: grammar.pattern(of: definition))
        starts[definition] = start
        return start
    }

    private func stranger(_ element: Element, in section: String) -> Flaw {
        Flaw(subject: .element(element.name), parent: section, owner: nil, expected: [], path: [])
    }
}

/// Goes through an element and all that is in it.
private struct Check {
    let states: (Definition) -> Derivatives
    let givesIDs: Bool
    let tag: (String) -> String?
    var flaws: [Flaw] = []
    private var path: [Int] = []
    private var owner: String?

    init(states: @escaping (Definition) -> Derivatives, givesIDs: Bool, tag: @escaping (String) -> String?) {
        self.states = states
        self.givesIDs = givesIDs
        self.tag = tag
    }

    mutating func element(_ element: Element, _ definition: Definition) {
        let known = flaws.count
        let rest = attributes(of: element, states(definition))
        let closed = rest.afterAttributes
        guard !closed.pattern.isNotAllowed else {
            guard flaws.count == known else { return }  // what is missing may be what was wrong
            let missing = rest.pattern.required.first { if case .attribute = $0 { true } else { false } }
            return report(.missing(missing?.name ?? "id"), in: element)
        }
        children(of: element, closed)
    }

    private mutating func attributes(of element: Element, _ start: Derivatives) -> Derivatives {
        var rest = start
        for attribute in element.attributes {
            let next = rest.after(attribute: attribute.name, attribute.value)
            if next.pattern.isNotAllowed {
                report(attribute, in: element, rest.pattern, start.pattern)
            } else {
                rest = next
            }
        }
        return givesIDs && element.id == nil && element["id-ref"] == nil ? rest.afterGivenID : rest
    }

    private mutating func report(_ attribute: Element.Attribute, in element: Element, _ rest: Pattern, _ whole: Pattern) {
        let types = rest.types(ofAttribute: attribute.name)
        guard types.isEmpty || types.contains(where: { $0.accepts(attribute.value) }) else {
            return report(
                .value(name: attribute.name, value: attribute.value), in: element,
                expected: types.flatMap(\.expected))
        }
        let isKnown = !whole.types(ofAttribute: attribute.name).isEmpty
        report(
            .attribute(name: attribute.name, value: attribute.value), in: element, expected: isKnown ? [] : whole.attributeNames)
    }

    private mutating func children(of element: Element, _ start: Derivatives) {
        var rest = start
        let outer = owner
        owner = element["name"] ?? element.id ?? owner
        for (index, child) in element.children.enumerated() {
            path.append(index)
            let name = child.name == Tags.member ? tag(child.id ?? "") ?? "primitive" : child.name
            let next = rest.after(child: name)
            if next.pattern.isNotAllowed {
                report(.element(child.name), in: element)
            } else {
                if child.name != Tags.member, let definition = rest.pattern.definition(ofChild: name) { self.element(child, definition) }
                rest = next
            }
            path.removeLast()
        }
        owner = outer
        if !rest.pattern.isNullable { report(.missing(rest.pattern.required.first?.name ?? "content"), in: element) }
    }

    private mutating func report(_ subject: Flaw.Subject, in element: Element, expected: [String] = []) {
        flaws.append(Flaw(subject: subject, parent: element.name, owner: owner, expected: expected, path: path))
    }
}

extension Pattern {
    fileprivate var attributeNames: [String] {
        var names: [String] = []
        for case .attribute(let name, _) in leaves where !names.contains(name) { names.append(name) }
        return names
    }

    fileprivate var name: String? {
        switch self {
        case .attribute(let name, _), .child(let name, _): name
        default: nil
        }
    }
}
