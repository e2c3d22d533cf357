public import CIB
internal import CRMSyntax
public import Diagnostics
internal import XML

/// An object as the repository declares it, and where.
public struct Declaration: Sendable {
    public internal(set) var object: CIBObject
    /// One, but for property sets that several statements fill.
    var statements: [Statement]

    /// A statement and the file that it stands in.
    struct Statement: Sendable {
        let document: CRMDocument
        let statement: CRMStatement

        /// The place of a word, or of the beginning where it does not occur.
        func place(of word: String) -> Place {
            document.place(of: word, in: statement) ?? document.place(of: statement)
        }
    }

    /// The place of a word of the declaration, or of its beginning where the word does not occur.
    public func place(of word: String? = nil) -> Place? {
        for statement in statements {
            if let word, let place = statement.document.place(of: word, in: statement.statement) { return place }
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
            let place = Declaration.Statement(document: document, statement: statement)
            for object in statement.objects { add(object, place) }
        }
    }

    private mutating func add(_ object: CIBObject, _ statement: Declaration.Statement) {
        guard let known = index[object.id] else {
            index[object.id] = all.count
            all.append(Declaration(object: object, statements: [statement]))
            return
        }
        guard object.id.kind.isSet else {
            findings.append(repeated(object, statement, first: all[known]))
            return
        }
        merge(object, into: known, statement)
    }

    /// crmsh lets several statements fill one set of options.
    private mutating func merge(_ object: CIBObject, into index: Int, _ statement: Declaration.Statement) {
        let known = Set(all[index].object.element.children.compactMap { $0["name"] })
        for name in object.element.children.compactMap({ $0["name"] }) where known.contains(name) {
            findings.append(
                .error(
                    "\"\(name)\" is set twice in \(object.id.name)", at: statement.place(of: name),
                    remedy: "keep one of the two"))
        }
        all[index].object.element.children += object.element.children
        all[index].statements.append(statement)
    }

    private func repeated(_ object: CIBObject, _ statement: Declaration.Statement, first: Declaration) -> Finding {
        let before = first.place().map { ", in \($0.file):\($0.line)" } ?? ""
        return .error(
            "\"\(object.id.name)\" is declared already\(before)", at: statement.place(of: object.id.name),
            remedy: "an id names one object: rename or remove one of the two")
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
