public import CIB
internal import Repository
internal import XML

/// Values that only the cluster has - git refers to them, or says nothing of them - and that the plan takes away: no revert brings them back.
public struct LostSecret: Hashable, Sendable {
    public let object: ObjectID
    /// Of the parameters.
    public let names: [String]
    /// Whether the whole object goes.
    let isGoing: Bool

    /// What a commit has to name that means it: `secret/fence-alpha`.
    public var asset: String { "secret/\(object.name)" }

    public var message: String {
        let names = names.joined(separator: ", ")
        return isGoing
            ? "\(object.name) goes, and with it the only copy of its \(names)"
            : "\(object.name) loses its \(names), and the cluster has the only copy"
    }
}

/// Looks for what is lost among the objects that a plan removes or changes.
struct LostSecrets {
    private let base: DesiredState
    private let edits: Edits
    /// Pairs that git knows by reference alone.
    private let referenced: Set<String>
    /// Pairs that are there afterwards, in whichever object.
    private let kept: Set<String>

    /// - Parameter base: what git declared so far.
    init(after edits: Edits, base: DesiredState) {
        self.base = base
        self.edits = edits
        var referenced: Set<String> = []
        for declaration in base.declarations { declaration.object.element.walk { if let id = $0.referredPair { referenced.insert(id) } } }
        var kept: Set<String> = []
        for element in Array(edits.changed.values) + edits.added.map(\.element) {
            element.walk { if $0.isValuedPair, let id = $0.id { kept.insert(id) } }
        }
        (self.referenced, self.kept) = (referenced, kept)
    }

    func among(_ objects: [CIBObject]) -> [LostSecret] { objects.compactMap(loss) }

    private func loss(of object: CIBObject) -> LostSecret? {
        let isGoing = edits.removed.contains(object.id)
        guard isGoing || edits.changed[object.id] != nil else { return nil }
        // Whoever writes a value in the place of another one means it.
        let known = (isGoing ? base[object.id]?.object.element : edits.changed[object.id])?.valuedNames ?? []
        let isDeclared = base[object.id] != nil
        var names: [String] = []
        object.element.walk { pair in
            guard pair.isValuedPair, let id = pair.id, let name = pair["name"], !kept.contains(id), !known.contains(name) else { return }
            guard referenced.contains(id) || isGoing && isDeclared && pair.holdsSecret else { return }
            names.append(name)
        }
        return names.isEmpty ? nil : LostSecret(object: object.id, names: names, isGoing: isGoing)
    }
}

extension Element {
    fileprivate var isValuedPair: Bool { name == "nvpair" && self["value"] != nil }
    fileprivate var referredPair: String? { name == "nvpair" ? self["id-ref"] : nil }

    /// The names of the pairs that have a value here.
    fileprivate var valuedNames: Set<String> {
        var names: Set<String> = []
        walk { if $0.isValuedPair, let name = $0["name"] { names.insert(name) } }
        return names
    }
}
