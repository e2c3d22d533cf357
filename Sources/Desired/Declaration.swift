public import CIB
public import CRMSyntax
public import Diagnostics

/// An object as the repository declares it, and where.
public struct Declaration: Sendable {
    public var object: CIBObject
    /// The statements that make it up: one, but for property sets that several statements fill.
    public fileprivate(set) var statements: [StatementPlace]

    public struct StatementPlace: Sendable {
        let document: CRMDocument
        let statement: CRMStatement
    }

    /// The place of a word of the declaration, or of its beginning where the word does not occur.
    public func place(of word: String? = nil) -> Place? {
        for place in statements {
            if let word, let found = place.document.place(of: word, in: place.statement) { return found }
        }
        return statements.first.map { $0.document.place(of: $0.statement) }
    }
}

/// The declarations of all crm files of a commit, in the order of files and statements.
struct Declarations {
    private(set) var all: [Declaration] = []
    private(set) var findings: [Finding] = []
    private var index: [ObjectID: Int] = [:]

    subscript(id: ObjectID) -> Declaration? { index[id].map { all[$0] } }

    mutating func add(_ document: CRMDocument) {
        all.reserveCapacity(all.count + document.statements.count)
        for statement in document.statements {
            let place = Declaration.StatementPlace(document: document, statement: statement)
            for object in statement.objects { add(object, at: place) }
        }
    }

    private mutating func add(_ object: CIBObject, at place: Declaration.StatementPlace) {
        guard let known = index[object.id] else {
            index[object.id] = all.count
            all.append(Declaration(object: object, statements: [place]))
            return
        }
        guard object.id.kind.isSet else {
            findings.append(repeated(object, at: place, first: all[known]))
            return
        }
        merge(object, into: known, at: place)
    }

    /// crmsh lets several statements fill one set of options.
    private mutating func merge(_ object: CIBObject, into index: Int, at place: Declaration.StatementPlace) {
        for pair in object.element.children where pair.name == "nvpair" {
            let name = pair["name"] ?? ""
            if all[index].object.element.children.contains(where: { $0["name"] == name }) {
                findings.append(
                    .error(
                        "\"\(name)\" is set twice in \(object.id.name)",
                        at: place.document.place(of: name, in: place.statement) ?? place.document.place(of: place.statement),
                        remedy: "keep one of the two"))
            }
        }
        all[index].object.element.children += object.element.children
        all[index].statements.append(place)
    }

    private func repeated(_ object: CIBObject, at place: Declaration.StatementPlace, first: Declaration) -> Finding {
        let before = first.place().map { " in \($0.file):\($0.line)" } ?? ""
        return .error(
            "\"\(object.id.name)\" is declared already\(before)",
            at: place.document.place(of: object.id.name, in: place.statement) ?? place.document.place(of: place.statement),
            remedy: "an id names one object; rename or remove one of the two")
    }
}

extension CRMStatement {
    /// The objects of the configuration that the statement declares.
    var objects: [CIBObject] {
        switch element.name {
        case "rsc_defaults": sets(.resourceDefaults, usual: "rsc-options")
        case "op_defaults": sets(.operationDefaults, usual: "op-options")
        default: ObjectID(element).map { [CIBObject(id: $0, element: element)] } ?? []
        }
    }

    private func sets(_ kind: ObjectID.Kind, usual: String) -> [CIBObject] {
        element.children.map { CIBObject(id: ObjectID(kind, $0.id ?? usual), element: $0) }
    }
}
