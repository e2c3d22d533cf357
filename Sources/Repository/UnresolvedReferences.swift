public import CIB
internal import Catalogue
public import Diagnostics
internal import XML

/// A resource that something refers to and no file declares.
public struct UnresolvedReference: Hashable, Sendable {
    public let name: String
    /// The object that refers to it.
    public let holder: ObjectID
    /// Whether it may lead to whatever has an id, as that of a tag may.
    public let isToAnything: Bool
    public let finding: Finding
}

extension DesiredState {
    /// References to resources that are declared nowhere here.
    public var unresolved: [UnresolvedReference] { References(declared).unresolved }
}

/// What the objects of a commit refer to, and whether it is there.
private struct References {
    private(set) var unresolved: [UnresolvedReference] = []
    private let declarations: Declarations

    init(_ declarations: Declarations) {
        self.declarations = declarations
        for declaration in declarations.all {
            check(declaration.object.members + declaration.object.requirements, of: declaration)
            checkTagged(by: declaration)
            check(declaration.object.references, of: declaration, orTags: true)
        }
    }

    /// - Parameter tags: whether a tag can stand for the resources that have it.
    private mutating func check(_ names: [String], of declaration: Declaration, orTags tags: Bool = false) {
        for name in names where !declarations.contains(ObjectID(.resource, name)) {
            if !tags || !declarations.contains(ObjectID(.tag, name)) { miss(name, in: declaration) }
        }
    }

    /// A tag may stand on whatever has an id.
    private mutating func checkTagged(by declaration: Declaration) {
        for name in declaration.object.tagged where !declarations.contains(ObjectID(.resource, name)) {
            if !allIDs.contains(name) { miss(name, in: declaration) }
        }
    }

    private lazy var allIDs: Set<String> = {
        var ids: Set<String> = []
        for declaration in declarations.all {
            ids.insert(declaration.object.id.name)
            declaration.object.element.walk { if let id = $0.id, $0.name != "obj_ref" { ids.insert(id) } }
        }
        return ids
    }()

    private mutating func miss(_ name: String, in declaration: Declaration) {
        let finding = Finding(
            .danglingReference, "\(declaration.object.id.name) refers to \"\(name)\", and no such resource is declared",
            at: declaration.place(of: name), remedy: guesses.didYouMean(name))
        unresolved.append(
            UnresolvedReference(
                name: name, holder: declaration.object.id, isToAnything: declaration.object.id.kind == .tag, finding: finding))
    }

    private lazy var guesses = Self.guesses(declarations)

    private static func guesses(_ declarations: Declarations) -> Guesses {
        Guesses(among: declarations.all(of: .resource).map(\.object.id.name))
    }
}
