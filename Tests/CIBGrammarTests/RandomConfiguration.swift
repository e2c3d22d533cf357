import CIB
import TestKit
import XML

@testable import CIBGrammar

/// A configuration in which anything occurs that a schema allows, made from our own idea of it.
struct RandomConfiguration {
    let grammar: Grammar
    var random: Seeded
    private var count = 0

    init(_ version: SchemaVersion, seed: UInt64) {
        grammar = Grammar(version)
        random = Seeded(seed)
    }

    mutating func next() -> Element {
        var configuration = element("configuration", .configuration, depth: 0)
        for name in ["crm_config", "nodes", "resources", "constraints"] where configuration.first(name) == nil {
            configuration.children.append(Element(name))
        }
        let anchor = Element("primitive", ["id": Self.anchor, "class": "ocf", "provider": "heartbeat", "type": "Dummy"])
        let resources = configuration.children.firstIndex { $0.name == "resources" }!
        configuration.children[resources].children.append(anchor)
        return configuration
    }

    /// The resource that all references are to.
    static let anchor = "anchor"

    private mutating func element(_ tag: String, _ definition: Definition, depth: Int) -> Element {
        var element = Element(tag)
        fill(&element, definition.pattern.at(grammar.version), depth)
        return element
    }

    private mutating func fill(_ element: inout Element, _ pattern: Pattern, _ depth: Int) {
        switch pattern {
        case .empty, .notAllowed, .during: break
        case .attribute(let name, let type): if element[name] == nil { element[name] = value(of: type) }
        case .child(let tag, let definition): element.children.append(self.element(tag, definition, depth: depth + 1))
        case .grouping(let a, let b):
            fill(&element, a, depth)
            fill(&element, b, depth)
        case .interleaving(let a, let b):
            let swapped = random.chance(2)
            fill(&element, swapped ? b : a, depth)
            fill(&element, swapped ? a : b, depth)
        case .alternative(let a, .empty): if !random.chance(depth > 6 ? 10 : 2) || depth < 3 { fill(&element, a, depth) }
        case .alternative(let a, let b): fill(&element, random.chance(2) ? a : b, depth)
        case .oneOrMore(let part):
            for _ in 0..<(depth < 2 ? 6 : random.number(1...2)) { fill(&element, part, depth) }
        }
    }

    mutating func newID() -> String {
        count += 1
        return "i\(count)"
    }

    mutating func value(of type: ValueType) -> String {
        switch type {
        case .text: random.pick(["a", "1", "", "a b", "12:00", "requires"])
        case .noneOf: random.pick(["a", "1", "a b"])
        case .id: newID()
        case .reference: Self.anchor
        case .integer: random.pick(["0", "-3", "12"])
        case .positiveInteger: random.pick(["1", "100"])
        case .boolean: random.pick(["true", "false", "1", "0"])
        case .score: random.pick(["INFINITY", "-INFINITY", "+INFINITY", "5", "-5", "0"])
        case .oneOf(let words): random.pick(words)
        case .ports: random.pick(["80", "80-90"])
        case .devices: random.pick(["a", "a,b"])
        }
    }
}

/// What people get wrong, and worse.
extension RandomConfiguration {
    private static let values = [
        "true", "false", "1", "0", "yes", "True", "abc", "-5", "+5", "1.5", "", " ", " 1 ", "INFINITY", "+INFINITY", "inf", "Started", "started",
        "Promoted", "Master", "demote", "start", "restart-container", "Mandatory", "mandatory", "listed", "fence", "freeze", "read", "ocf",
        "lsb", "service", "stonith", "nagios", "member", "remote", "normal", "ping", "always", "eq", "integer", "literal", "meta", "in_range",
        "lt", "gt", "date_spec", "or", "80-", "a,b", "a,", "a b", "requires", "isolation", "pcmk_arg_map", "role", "timeout", "openais",
        "stonith_enabled", "default-resource-stickiness", "cluster-infrastructure", "nothing", "unfencing", "1x", "a:b",
    ]

    /// Every name of an attribute, or of an element, in the schemas as they are installed: what we forgot is among them.
    private static let names: (attributes: [String], tags: [String]) = {
        let text = Xmllint.schemaText
        let named = { (kind: String) in
            text.split(separator: "<\(kind) name=\"").dropFirst().map { $0.prefix { $0 != "\"" }.filter { $0 != " " } }
        }
        return (Set(named("attribute") + ["colour"]).sorted(), Set(named("element") + ["thing"]).sorted())
    }()

    /// With one thing in it changed.
    mutating func spoilt(_ configuration: Element) -> Element {
        var copy = configuration
        let paths = Self.paths(in: configuration).filter { !$0.isEmpty }
        spoil(&copy, at: random.pick(paths)[...], donor: Self.element(at: random.pick(paths)[...], in: configuration))
        return copy
    }

    private mutating func spoil(_ element: inout Element, at path: ArraySlice<Int>, donor: Element) {
        if let first = path.first { return spoil(&element.children[first], at: path.dropFirst(), donor: donor) }
        guard element.id != Self.anchor else { return }
        switch random.number(0...9) {
        case 0, 1: element[random.pick(Self.names.attributes)] = random.pick(Self.values)
        case 2, 3: if let index = attribute(of: element) { element.attributes[index].value = random.pick(Self.values) }
        case 4: if let index = attribute(of: element) { element.attributes.remove(at: index) }
        case 5: if let index = attribute(of: element) { rename(&element, index) }
        case 6: if !element.children.isEmpty { element.children.remove(at: random.number(0...element.children.count - 1)) }
        case 7: element.children.shuffle(using: &random)
        case 8: element.children.insert(renewed(donor), at: random.number(0...element.children.count))
        default: element.name = random.pick(Self.names.tags)
        }
    }

    private mutating func rename(_ element: inout Element, _ index: Int) {
        let name = random.pick(Self.names.attributes)
        if element[name] == nil { element.attributes[index].name = name }
    }

    private mutating func attribute(of element: Element) -> Int? {
        element.attributes.indices.filter { element.attributes[$0].name != "id" || random.chance(4) }.randomElement(using: &random)
    }

    private mutating func renewed(_ element: Element) -> Element {
        var copy = element
        if let id = copy.id, id != Self.anchor || copy.name == "primitive" { copy.id = newID() }
        for index in copy.children.indices { copy.children[index] = renewed(copy.children[index]) }
        return copy
    }

    private static func paths(in element: Element) -> [[Int]] {
        [[]] + element.children.enumerated().flatMap { index, child in paths(in: child).map { [index] + $0 } }
    }

    private static func element(at path: ArraySlice<Int>, in element: Element) -> Element {
        path.first.map { Self.element(at: path.dropFirst(), in: element.children[$0]) } ?? element
    }
}
