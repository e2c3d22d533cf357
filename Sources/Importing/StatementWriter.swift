internal import CIB
internal import CRMSyntax
internal import Diagnostics
internal import XML

/// Writes objects as statements of crmsh; as `xml` what its syntax can't express.
struct StatementWriter {
    private(set) var findings: [Finding] = []
    private let printer: CRMPrinter
    private let objects: [ObjectID: CIBObject]
    /// Resources inside a container that is written as XML, which holds them.
    private var enclosed: Set<ObjectID> = []

    init(_ objects: [CIBObject], referenced: Set<String>) {
        printer = CRMPrinter(identifiers: .only(referenced))
        self.objects = Dictionary(objects.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for object in objects where !object.members.isEmpty && (try? printer.text(of: object.element)) == nil { enclose(object) }
    }

    private mutating func enclose(_ container: CIBObject) {
        for member in container.members.map({ ObjectID(.resource, $0) }) {
            enclosed.insert(member)
            if let object = objects[member] { enclose(object) }
        }
    }

    /// Nil for what is written with something else, or can't be written.
    mutating func text(of object: CIBObject) -> String? {
        guard !enclosed.contains(object.id) else { return nil }
        let statement = statement(of: object)
        if let text = try? printer.text(of: statement) { return text }
        do {
            return try printer.escape(withMembers(statement))
        } catch {
            findings.append(.error("\(object.id.name) is left out: \(error)"))
            return nil
        }
    }

    private func statement(of object: CIBObject) -> Element {
        switch object.id.kind {
        case .resourceDefaults: Element("rsc_defaults", [], children: [object.element])
        case .operationDefaults: Element("op_defaults", [], children: [object.element])
        default: object.element
        }
    }

    private func withMembers(_ element: Element) -> Element {
        var element = element
        element.children = element.children.map { child in
            guard child.name == Tags.member, let object = objects[ObjectID(.resource, child.id ?? "")] else { return child }
            return withMembers(object.element)
        }
        return element
    }
}
