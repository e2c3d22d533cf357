public import CIB
package import CRMSyntax
internal import Catalogue
public import Diagnostics
internal import XML

/// An object as the repository declares it, and where.
///
/// A class, for it is large and handed on by the thousand; it never changes.
public final class Declaration: Sendable {
    public let object: CIBObject
    package let place: StatementPlace
    /// The ids that the text gives to parts of it.
    package let identifiers: [String]
    /// The other statements that fill a property set.
    private let others: [StatementPlace]

    init(object: CIBObject, place: StatementPlace, identifiers: [String], others: [StatementPlace] = []) {
        self.object = object
        self.place = place
        self.identifiers = identifiers
        self.others = others
    }

    /// The same with another content.
    fileprivate func with(_ element: Element) -> Declaration {
        Declaration(object: CIBObject(id: object.id, element: element), place: place, identifiers: identifiers, others: others)
    }

    /// A set that one more statement fills.
    fileprivate func filled(by other: Declaration) -> Declaration {
        var element = object.element
        element.children += other.object.element.children
        return Declaration(
            object: CIBObject(id: object.id, element: element), place: place, identifiers: identifiers + other.identifiers,
            others: others + [other.place])
    }

    /// The place of a word of the declaration, or of its beginning where the word does not occur.
    public func place(of word: String? = nil) -> Place? {
        guard let word else { return place.start }
        return whereabouts(of: word) ?? place.start
    }

    /// The place of the first of the words that occurs, or of the beginning.
    package func place(of word: String, orOf others: [String?]) -> Place? {
        ([word] + others).lazy.compactMap { $0.flatMap(self.whereabouts) }.first ?? place.start
    }

    package func place(ofLast word: String) -> Place? { ([place] + others).lazy.compactMap { $0.place(ofLast: word) }.first ?? place.start }

    /// The place of the value in `name=value`.
    package func valuePlace(_ value: String, of name: String) -> Place? {
        ([place] + others).lazy.compactMap { $0.place(ofValue: value, of: name) }.first
    }

    private func whereabouts(of word: String) -> Place? { ([place] + others).lazy.compactMap { $0.place(of: word) }.first }
}

/// The declarations of all crm files of a commit, in the order of files and statements.
package struct Declarations: Sendable {
    package private(set) var all: [Declaration] = []
    private(set) var findings: [Finding] = []
    private(set) var monitors: [(operation: Element, place: StatementPlace)] = []
    /// Where statements stand that could not be read, and what they would have declared.
    package private(set) var unread: [Place] = []
    private(set) var unreadNames: Set<String> = []
    private var index: [ObjectID: Int] = [:]
    private var kinds: [ObjectID.Kind: [Int]] = [:]

    /// - Parameter count: how many are expected, more or less.
    init(expecting count: Int) {
        all.reserveCapacity(count)
        index.reserveCapacity(count)
    }

    package subscript(id: ObjectID) -> Declaration? { index[id].map { all[$0] } }

    /// Whether a statement may have this name that could not be read.
    package func mayDeclare(_ name: String) -> Bool { unreadNames.contains(name) }

    package func contains(_ id: ObjectID) -> Bool { index[id] != nil }

    /// In the order of files and statements.
    package func all(of kind: ObjectID.Kind) -> LazyMapSequence<[Int], Declaration> { kinds[kind, default: []].lazy.map { all[$0] } }

    mutating func add(_ document: CRMDocument) {
        for statement in document.unread {
            unread.append(statement.place)
            unreadNames.formUnion(statement.names)
        }
        for statement in document.statements {
            if statement.keyword == .monitor { monitors.append((statement.element, document.whereabouts(of: statement))) }
            // What stands in a container has ids of its own there; all of them are told of the container.
            var identifiers = statement.identifiers
            for object in statement.objects {
                add(Declaration(object: object, place: document.whereabouts(of: statement), identifiers: identifiers))
                identifiers = []
            }
        }
    }

    mutating func report(_ finding: Finding) { findings.append(finding) }

    mutating func change(_ id: ObjectID, _ body: (inout Element) -> Void) {
        guard let index = index[id] else { return }
        var element = all[index].object.element
        body(&element)
        all[index] = all[index].with(element)
    }

    private mutating func add(_ declaration: Declaration) {
        let object = declaration.object
        let known = index.updateValue(all.count, forKey: object.id)
        guard let known else {
            kinds[object.id.kind, default: []].append(all.count)
            all.append(declaration)
            return
        }
        index[object.id] = known
        if object.id.kind.isSet {
            merge(declaration, into: known)
        } else {
            findings.append(repeated(object, declaration.place, first: all[known]))
        }
    }

    /// crmsh lets several statements fill one set of options.
    private mutating func merge(_ other: Declaration, into index: Int) {
        let (object, place) = (other.object, other.place)
        let known = Set(all[index].object.element.children.compactMap { $0["name"] })
        for name in object.element.children.compactMap({ $0["name"] }) where known.contains(name) {
            findings.append(
                Finding(
                    .repeatedOption, "\"\(name)\" is set twice in \(object.id.name)", at: place.place(of: name) ?? place.start,
                    remedy: "keep one of the two"))
        }
        all[index] = all[index].filled(by: other)
    }

    private func repeated(_ object: CIBObject, _ place: StatementPlace, first: Declaration) -> Finding {
        let before = first.place().map { ", in \($0.file):\($0.line)" } ?? ""
        return Finding(
            .repeatedObject, "\"\(object.id.name)\" is declared already\(before)", at: place.place(of: object.id.name) ?? place.start,
            remedy: "an id names one object: rename or remove one of the two")
    }
}

extension CRMStatement {
    /// The objects of the configuration that the statement declares.
    package var objects: [CIBObject] {
        switch keyword {
        case .rscDefaults, .opDefaults: sets
        case .xml: Tags.isDefaults(element.name) ? sets : CIBObject.objects(of: element)
        case .monitor: []
        case .fencingTopology where element.children.isEmpty: []
        default: ObjectID(element).map { [CIBObject(id: $0, element: element)] } ?? []
        }
    }

    private var sets: [CIBObject] {
        let (kind, usual): (ObjectID.Kind, String) =
            element.name == "rsc_defaults" ? (.resourceDefaults, "rsc-options") : (.operationDefaults, "op-options")
        return element.children.map { CIBObject(id: ObjectID(kind, $0.setName ?? usual), element: $0) }
    }
}
