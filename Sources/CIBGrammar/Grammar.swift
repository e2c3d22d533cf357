public import CIB
internal import Synchronization
internal import XML

/// What a CIB may hold, by one of Pacemaker's schemas.
///
/// The schemas themselves are files of a Pacemaker that need not be installed here, and libxml2 says of a flaw only which
/// element "failed to validate content". This one knows the word that is wrong.
public struct Grammar: Sendable {
    public let version: SchemaVersion
    private let patterns: [Definition: Pattern]

    private static let made = Mutex<[SchemaVersion: Grammar]>([:])

    public init(_ version: SchemaVersion) {
        self = Self.made.withLock { made in
            if let grammar = made[version] { return grammar }
            let grammar = Grammar(making: version)
            made[version] = grammar
            return grammar
        }
    }

    private init(making version: SchemaVersion) {
        self.version = version
        var patterns: [Definition: Pattern] = [:]
        var open = [Definition.configuration]
        while let definition = open.popLast() {
            guard patterns[definition] == nil else { continue }
            let pattern = definition.pattern.at(version)
            patterns[definition] = pattern
            open += pattern.children
        }
        self.patterns = patterns
    }

    /// What the schema doesn't allow in an object.
    ///
    /// - Parameter tag: what a resource is that the object holds, `primitive` or `group`; nil where nobody knows.
    public func flaws(in object: CIBObject, tag: @escaping (String) -> String?) -> [Flaw] {
        let section = object.id.section
        guard let sectionDefinition = pattern(of: .configuration).definition(ofChild: section) else {
            return [stranger(object.element, in: section)]
        }
        if object.id.kind == .fencing { return flaws(in: object.element, sectionDefinition, tag) }
        guard let definition = pattern(of: sectionDefinition).definition(ofChild: object.element.name) else {
            return [stranger(object.element, in: section)]
        }
        return flaws(in: object.element, definition, tag)
    }

    /// What the schema doesn't allow in a configuration, the resources in their groups and clones.
    func flaws(in configuration: Element) -> [Flaw] { flaws(in: configuration, .configuration, { _ in nil }) }

    private func flaws(in element: Element, _ definition: Definition, _ tag: @escaping (String) -> String?) -> [Flaw] {
        var check = Check(grammar: self, tag: tag)
        check.element(element, pattern(of: definition))
        return check.flaws
    }

    private func stranger(_ element: Element, in section: String) -> Flaw {
        Flaw(subject: .element(element.name), parent: section, owner: nil, expected: [], path: [])
    }

    fileprivate func pattern(of definition: Definition) -> Pattern { patterns[definition] ?? .notAllowed }
}

extension Pattern {
    fileprivate var children: [Definition] {
        leaves.compactMap { if case .child(_, let definition) = $0 { definition } else { nil } }
    }
}

/// Goes through an element and all that is in it.
private struct Check {
    let grammar: Grammar
    let tag: (String) -> String?
    var flaws: [Flaw] = []
    private var path: [Int] = []
    private var owner: String?

    init(grammar: Grammar, tag: @escaping (String) -> String?) {
        self.grammar = grammar
        self.tag = tag
    }

    mutating func element(_ element: Element, _ pattern: Pattern) {
        let known = flaws.count
        let rest = attributes(of: element, pattern)
        let closed = rest.afterAttributes
        guard !closed.isNotAllowed else {
            guard flaws.count == known else { return }  // what is missing may be what was wrong
            let missing = rest.required.first { if case .attribute = $0 { true } else { false } }
            return report(.missing(missing?.name ?? "id"), in: element)
        }
        children(of: element, closed)
    }

    private mutating func attributes(of element: Element, _ pattern: Pattern) -> Pattern {
        var rest = pattern
        for attribute in element.attributes {
            let next = rest.after(attribute: attribute.name, attribute.value)
            if next.isNotAllowed {
                report(attribute, in: element, rest, pattern)
            } else {
                rest = next
            }
        }
        return rest
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

    private mutating func children(of element: Element, _ pattern: Pattern) {
        var rest = pattern
        let outer = owner
        owner = element["name"] ?? element.id ?? owner
        for (index, child) in element.children.enumerated() {
            path.append(index)
            let name = child.name == Tags.member ? tag(child.id ?? "") ?? "primitive" : child.name
            let next = rest.after(child: name)
            if next.isNotAllowed {
                report(.element(child.name), in: element)
            } else {
                if child.name != Tags.member, let definition = rest.definition(ofChild: name) {
                    self.element(child, grammar.pattern(of: definition))
                }
                rest = next
            }
            path.removeLast()
        }
        owner = outer
        if !rest.isNullable { report(.missing(rest.required.first?.name ?? "content"), in: element) }
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
