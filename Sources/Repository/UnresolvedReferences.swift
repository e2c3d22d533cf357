public import CIB
internal import CRMSyntax
internal import Catalogue
public import Diagnostics
internal import XML

/// Something that an object refers to and no file declares.
public struct UnresolvedReference: Hashable, Sendable {
    public enum Target: Hashable, Sendable {
        case resource
        /// Of users, and of groups of users.
        case role
        /// Whatever has an id: a tag may stand on it, a role may have rights to it.
        case anything
    }

    public let name: String
    /// The object that refers to it.
    public let holder: ObjectID
    public let target: Target
    public let finding: Finding
}

extension DesiredState {
    /// References to what is declared nowhere here.
    public var unresolved: [UnresolvedReference] { References(declared).unresolved }
}

/// What the objects of a commit refer to, and whether it is there.
private struct References {
    private(set) var unresolved: [UnresolvedReference] = []
    private let declarations: Declarations

    init(_ declarations: Declarations) {
        self.declarations = declarations
        for declaration in declarations.all {
            let object = declaration.object
            check(object.members + object.requirements + [object.container].compactMap(\.self), of: declaration)
            check(object.references, of: declaration, orTags: true)
            for name in object.roles where !declarations.contains(ObjectID(.role, name)) { miss(name, .role, in: declaration) }
            checkAnything(object.tagged + object.permitted, of: declaration)
        }
    }

    /// - Parameter tags: whether a tag can stand for the resources that have it.
    private mutating func check(_ names: [String], of declaration: Declaration, orTags tags: Bool = false) {
        for name in names where !declarations.contains(ObjectID(.resource, name)) {
            if !tags || !declarations.contains(ObjectID(.tag, name)) { miss(name, .resource, in: declaration) }
        }
    }

    private mutating func checkAnything(_ names: [String], of declaration: Declaration) {
        for name in names where !declarations.contains(ObjectID(.resource, name)) && !allIDs.contains(name) {
            miss(name, .anything, in: declaration)
        }
    }

    /// Those too that the parts of objects get when they come into the cluster.
    private lazy var allIDs: Set<String> = {
        var ids: Set<String> = []
        for declaration in declarations.all {
            ids.insert(declaration.object.id.name)
            ids.formUnion(CRMIdentifiers().filling(declaration.object.element).ownIDs)
        }
        return ids
    }()

    private mutating func miss(_ name: String, _ target: UnresolvedReference.Target, in declaration: Declaration) {
        guard !declarations.unreadNames.contains(name) else { return }  // it is declared, in a statement that has an error of its own
        let finding = Finding(
            .danglingReference, "\(declaration.object.id.name) refers to \"\(name)\", and \(target.absence)",
            at: declaration.place(of: name), remedy: remedy(name, target, declaration.object))
        unresolved.append(UnresolvedReference(name: name, holder: declaration.object.id, target: target, finding: finding))
    }

    private mutating func remedy(_ name: String, _ target: UnresolvedReference.Target, _ holder: CIBObject) -> String? {
        switch target {
        case .role: didYouMean(name, among: declarations.all(of: .role).map(\.object.id.name)) ?? "declare it: role \(name) …"
        // Nothing holds itself, and what is named already is not meant once more.
        case .resource, .anything:
            guesses.didYouMean(name, but: Set([holder.id.name] + holder.members + holder.references)) ?? Rule.danglingReference.remedy
        }
    }

    private lazy var guesses = Self.guesses(declarations)

    private static func guesses(_ declarations: Declarations) -> Guesses {
        Guesses(among: declarations.all(of: .resource).map(\.object.id.name))
    }
}

extension UnresolvedReference.Target {
    fileprivate var absence: String {
        switch self {
        case .resource: "no such resource is declared"
        case .role: "no such role is declared"
        case .anything: "nothing of that id is declared"
        }
    }
}
