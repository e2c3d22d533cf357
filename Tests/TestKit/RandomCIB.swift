public import CIB
internal import XML

/// A CIB made by walking a schema at random: whatever Pacemaker accepts may occur in it, in any combination.
///
/// References lead to something of the right kind where there is any; else the part that would refer is left out.
public struct RandomCIB {
    private let grammar: SchemaGrammar
    var random: Seeded
    private var words: RandomWords
    private let schema: String

    /// - Parameter isPlain: whether its words are such that only its structure can be a problem.
    public init(_ grammar: SchemaGrammar, schema: String, seed: UInt64, isPlain: Bool = false) {
        self.grammar = grammar
        self.schema = schema
        random = Seeded(seed)
        words = RandomWords(seed: seed &+ 1, isPlain: isPlain)
    }

    /// - Throws: `FileError` where a schema can't be read.
    public mutating func make() throws -> CIB {
        var holder = Element("")
        for (pattern, scope) in try grammar.start(of: schema) { try walk(pattern, scope, into: &holder, depth: 0) }
        var root = holder.first("cib") ?? Element("cib")
        root["validate-with"] = schema
        root["crm_feature_set"] = "3.16.1"
        for (name, value) in [("admin_epoch", "0"), ("epoch", "7"), ("num_updates", "0")] { root[name] = value }
        root.children.removeAll { $0.name == "status" }
        return CIB(RandomReferences.resolved(root, &random))
    }

    private mutating func walk(_ patterns: [Element], _ scope: SchemaGrammar.Scope, into element: inout Element, depth: Int) throws {
        for pattern in patterns { try walk(pattern, scope, into: &element, depth: depth) }
    }

    private mutating func walk(_ pattern: Element, _ scope: SchemaGrammar.Scope, into element: inout Element, depth: Int) throws {
        if let others = try grammar.resolved(pattern, in: scope) {
            for (other, scope) in others { try walk(other, scope, into: &element, depth: depth) }
            return
        }
        switch pattern.name {
        case "element": try add(pattern, scope, to: &element, depth: depth)
        case "attribute": try set(pattern, scope, of: &element)
        case "group", "interleave": try walk(pattern.children, scope, into: &element, depth: depth)
        case "choice": try walk(random.pick(pattern.children), scope, into: &element, depth: depth)
        case "optional": if random.chance(depth < 3 ? 1 : 2) { try walk(pattern.children, scope, into: &element, depth: depth) }
        case "zeroOrMore", "oneOrMore":
            for _ in 0..<count(depth, pattern) { try walk(pattern.children, scope, into: &element, depth: depth) }
        default: break
        }
    }

    /// Many objects, fewer of what is in them.
    private mutating func count(_ depth: Int, _ pattern: Element) -> Int {
        let least = pattern.name == "oneOrMore" ? 1 : 0
        return random.number(least...max(least, depth < 4 ? 7 : depth < 7 ? 3 : 1))
    }

    private mutating func add(_ pattern: Element, _ scope: SchemaGrammar.Scope, to parent: inout Element, depth: Int) throws {
        guard depth < 14 else { return }
        var element = Element((pattern["name"] ?? "").trimmed)
        try walk(pattern.children, scope, into: &element, depth: depth + 1)
        parent.children.append(element)
    }

    private mutating func set(_ pattern: Element, _ scope: SchemaGrammar.Scope, of element: inout Element) throws {
        let name = (pattern["name"] ?? "").trimmed
        guard element[name] == nil else { return }
        element[name] = try value(pattern.children.first ?? Element("text"), scope, of: name, in: element)
    }

    private mutating func value(
        _ pattern: Element, _ scope: SchemaGrammar.Scope, of name: String, in element: Element
    ) throws -> String {
        if name == "id", ["obj_ref", "role", "role_ref"].contains(element.name) { return RandomReferences.placeholder }
        if let (other, scope) = try grammar.resolved(pattern, in: scope)?.first {
            return try value(other, scope, of: name, in: element)
        }
        switch pattern.name {
        case "choice": return try value(random.pick(pattern.children), scope, of: name, in: element)
        // Nobody declares what the cluster writes about itself, and nobody refers to it.
        case "value": return pattern["text"] == "cluster-infrastructure" ? "batch-limit" : pattern["text"] ?? ""
        case "data": return data(pattern["type"] ?? "", of: name, in: element)
        default: return words.text(of: name, in: element.name)
        }
    }

    private mutating func data(_ type: String, of name: String, in element: Element) -> String {
        switch type {
        case "ID": words.id(of: element.name)
        case "IDREF": RandomReferences.placeholder
        case "boolean": random.pick(["true", "false", "1", "0"])
        case "integer": random.pick(["0", "100", "-100", "1000000", "+5"])
        case "nonNegativeInteger": random.pick(["0", "1", "8080"])
        case "positiveInteger": "\(random.number(1...9))"
        default: words.text(of: name, in: element.name)
        }
    }
}

extension String {
    /// tags-1.3.rng has `<attribute name="id ">`.
    fileprivate var trimmed: String { String(drop { $0 == " " }.prefix { $0 != " " }) }
}
