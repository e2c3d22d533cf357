internal import CIB
internal import CRMSyntax
internal import Diagnostics
internal import Repository
internal import XML

/// The `.crm` files of a repository with some objects declared anew, each where it stands; the rest, comments too, stays to the letter.
struct AdoptedText {
    /// New texts of files, by path; nil for one of which nothing is left.
    private(set) var texts: [String: SourceText?] = [:]
    private(set) var findings: [Finding] = []

    private let objects: [ObjectID: Element?]
    private let referenced: Set<String>
    private var documents: [(path: String, document: CRMDocument)] = []
    /// The file in which each object stands first.
    private var files: [ObjectID: String] = [:]
    private var edits: [String: [TextEdit]] = [:]
    private var additions: [String: [String]] = [:]
    /// Sets of which a first statement was met, that takes what no other one has.
    private var begun: Set<ObjectID> = []

    /// - Parameters:
    ///   - objects: what is to be said of each; nil: nothing.
    ///   - order: of those that are new.
    init(_ objects: [ObjectID: Element?], inOrder order: [ObjectID], in sources: [DesiredFile], referenced: Set<String>) {
        self.objects = objects
        self.referenced = referenced
        for file in sources.sorted(by: { $0.path < $1.path }) where FileKind(path: file.path) == .crm {
            documents.append((file.path, CRMDocument.parse(file.text)))
        }
        for (path, document) in documents {
            for id in document.statements.flatMap(\.objects).map(\.id) where files[id] == nil { files[id] = path }
        }
        for (path, document) in documents {
            for statement in document.statements { rewrite(statement, of: document, at: path) }
        }
        for id in order where !begun.contains(id) { add(id) }
        finish()
    }

    // MARK: What stands there

    private mutating func rewrite(_ statement: CRMStatement, of document: CRMDocument, at path: String) {
        if statement.keyword == .monitor {
            // Its operation stands with the resource then.
            if let name = statement.element["rsc"], objects.keys.contains(ObjectID(.resource, name)) { remove(statement, of: document, at: path) }
            return
        }
        let declared = statement.objects
        guard declared.contains(where: { objects.keys.contains($0.id) }) else { return }
        let new = declared.compactMap { object -> CIBObject? in
            guard let wanted = objects[object.id] else { return object }
            return share(of: wanted, in: object).map { CIBObject(id: object.id, element: $0) }
        }
        guard new != declared else { return }
        guard !new.isEmpty else { return remove(statement, of: document, at: path) }
        var writer = StatementWriter(referenced: referenced.union(statement.identifiers))
        let source = document.source
        if new.count == 1, declared.count == 1, let text = statement.replacingValues(with: new[0].element, in: document) {
            return replace(statement.range, with: text, of: source, at: path)
        }
        let texts = new.compactMap { writer.text(of: $0) }
        findings += writer.findings
        let isOneLine = !source.bytes[statement.range].contains(UInt8(ascii: "\n")) && new.count == 1 && statement.keyword != .xml
        replace(statement.range, with: isOneLine ? texts[0].onOneLine : texts.joined(separator: "\n"), of: source, at: path)
    }

    /// What one of several statements has of a set: the first takes what none of the others says.
    private mutating func share(of wanted: Element?, in object: CIBObject) -> Element? {
        let isFirst = begun.insert(object.id).inserted
        guard object.id.kind.isSet, let wanted else { return wanted }
        let others = statements(of: object.id)
        guard others.count > 1 else { return wanted }
        var element = isFirst ? wanted : object.element
        if isFirst {
            let elsewhere = Set(others.dropFirst().flatMap(\.children).compactMap { $0["name"] })
            element.children.removeAll { $0["name"].map(elsewhere.contains) ?? false }
        } else {
            element.children = object.element.children.compactMap { pair in wanted.children.first { $0["name"] == pair["name"] } }
        }
        return element.children.isEmpty ? nil : element
    }

    private func statements(of id: ObjectID) -> [Element] {
        documents.flatMap { $0.document.statements.flatMap(\.objects) }.filter { $0.id == id }.map(\.element)
    }

    private mutating func replace(_ range: Range<Int>, with text: String, of source: SourceText, at path: String) {
        edits[path, default: []].append(TextEdit(file: source.path, range: range, replacement: text))
    }

    /// With its line break; comments before it stay.
    private mutating func remove(_ statement: CRMStatement, of document: CRMDocument, at path: String) {
        var end = statement.range.upperBound
        let bytes = document.source.bytes
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        replace(statement.range.lowerBound..<min(end + 1, bytes.count), with: "", of: document.source, at: path)
    }

    // MARK: What is new

    private mutating func add(_ id: ObjectID) {
        guard let element = objects[id] ?? nil else { return }
        let object = CIBObject(id: id, element: element)
        var writer = StatementWriter(referenced: referenced)
        guard let text = writer.text(of: object) else {
            findings += writer.findings
            return
        }
        let path = place(of: object)
        files[id] = path
        additions[path, default: []].append(text)
    }

    /// Where its kin stand: the resources that it is about, or that is in it; others of its kind, where there can be few.
    private func place(of object: CIBObject) -> String {
        let kin = object.members + object.references + object.tagged + object.requirements
        if let path = kin.lazy.compactMap({ files[ObjectID(.resource, $0)] }).first { return path }
        if object.id.kind == .resource, let path = holders(of: object.id.name).lazy.compactMap({ files[$0] }).first { return path }
        if object.id.kind != .resource, object.id.kind != .constraint {
            let alike = files.filter { $0.key.kind == object.id.kind && $0.value != Self.usual }
            if let path = alike.values.max() { return path }
        }
        return Self.usual
    }

    private func holders(of resource: String) -> [ObjectID] {
        let declared = documents.flatMap { $0.document.statements.flatMap(\.objects) }
        let wanted = objects.compactMap { id, element in element.map { CIBObject(id: id, element: $0) } }
        return (declared + wanted).filter { $0.refers(to: resource) }.map(\.id).sorted { $0.name < $1.name }
    }

    private static let usual = "crm/adopted.crm"

    // MARK: The files

    private mutating func finish() {
        for path in Set(edits.keys).union(additions.keys) {
            let source = documents.first { $0.path == path }?.document.source ?? SourceText(path: path, text: "")
            var bytes = source.applying(edits[path] ?? [])
            let new = (additions[path] ?? []).map { $0 + "\n" }.joined()
            if !new.isEmpty, let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
            bytes += Array(new.utf8)
            let isEmpty = bytes.allSatisfy { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: " ") }
            texts[path] = .some(isEmpty ? nil : SourceText(path: source.path, bytes: bytes))
        }
    }
}

extension String {
    fileprivate var onOneLine: String { replacing(" \\\n\t", with: " ") }
}
