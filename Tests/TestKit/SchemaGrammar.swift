internal import Diagnostics
internal import Host
internal import XML

/// Pacemaker's RELAX NG schemas as they lie in /usr/share/pacemaker, to be walked pattern by pattern.
///
/// Of RELAX NG it knows what these schemas use: no name classes, no lists, no attributes of other namespaces.
public struct SchemaGrammar {
    static let directory = "/usr/share/pacemaker"

    /// The definitions that hold at a place of a schema, and those around them (`parentRef`).
    final class Scope {
        var definitions: [String: [(pattern: Element, scope: Scope)]] = [:]
        let parent: Scope?

        init(parent: Scope?) { self.parent = parent }
    }

    private let files: Files

    /// - Throws: `FileError` where Pacemaker is not installed.
    public init() throws { files = Files() }

    /// The schemas that a CIB can name in `validate-with`, from the oldest.
    public static func versions() throws -> [String] {
        let names = try FileTree().entries(of: directory).map(\.name)
        let numbered = names.compactMap { name -> (String, [Int])? in
            guard name.hasPrefix("pacemaker-"), name.hasSuffix(".rng") else { return nil }
            let version = name.dropFirst(10).dropLast(4).split(separator: ".").compactMap { Int($0) }
            return version.count == 2 ? (String(name.dropLast(4)), version) : nil
        }
        return numbered.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    }

    /// The start of a schema.
    func start(of name: String) throws -> [(Element, Scope)] { try grammar(file: name, in: nil) }

    /// What a pattern that stands for others stands for; nil for one that stands for itself.
    func resolved(_ pattern: Element, in scope: Scope) throws -> [(Element, Scope)]? {
        switch pattern.name {
        case "ref": return scope.definitions[pattern["name"] ?? ""] ?? []
        case "parentRef": return scope.parent?.definitions[pattern["name"] ?? ""] ?? []
        case "externalRef": return try grammar(file: String((pattern["href"] ?? "").dropLast(4)), in: scope)
        case "grammar": return try start(pattern, in: Scope(parent: scope))
        default: return nil
        }
    }

    private func grammar(file: String, in scope: Scope?) throws -> [(Element, Scope)] {
        let root = try files[file]
        let inner = Scope(parent: scope)
        return root.name == "grammar" ? try start(root, in: inner) : [(root, inner)]
    }

    private func start(_ grammar: Element, in scope: Scope) throws -> [(Element, Scope)] {
        try define(grammar, in: scope)
        return scope.definitions["<start>"] ?? []
    }

    /// What stands inside an `include` takes the place of what the file defines under that name.
    private func define(_ grammar: Element, in scope: Scope) throws {
        for part in grammar.all("include") {
            try define(try files[String((part["href"] ?? "").dropLast(4))], in: scope)
            try define(part, in: scope)
        }
        for part in grammar.children {
            switch part.name {
            case "start" where part.first("notAllowed") == nil:
                scope.definitions["<start>"] = part.children.map { ($0, scope) }
            case "define": scope.definitions[part["name"] ?? ""] = part.children.map { ($0, scope) }
            default: break
            }
        }
    }
}

/// Every file is read once.
private final class Files {
    private var read: [String: Element] = [:]

    subscript(name: String) -> Element {
        get throws {
            if let known = read[name] { return known }
            let bytes = try FileTree().read("\(SchemaGrammar.directory)/\(name).rng", limit: 1 << 20)
            let text = String(decoding: bytes, as: UTF8.self).withTextAsAttributes
            let root = try Element(parsing: SourceText(path: name, text: text))
            read[name] = root
            return root
        }
    }
}

extension String {
    /// `<value>INFINITY</value>` as `<value text="INFINITY"/>`: CIBs have no text, and so our elements have none.
    fileprivate var withTextAsAttributes: String {
        var result = ""
        var rest = self[...]
        while let start = rest.firstRange(of: "<value"), let open = rest[start.upperBound...].firstIndex(of: ">"),
            let end = rest[open...].firstRange(of: "</value>")
        {
            result += rest[..<open] + " text=\"\(rest[rest.index(after: open)..<end.lowerBound])\"/>"
            rest = rest[end.upperBound...]
        }
        return result + rest
    }
}
