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
            : "\(object.name) loses the \(names) that it has, and the cluster has the only copy"
    }
}

/// Looks for what is lost among the objects that a plan removes or changes.
struct LostSecrets {
    private let base: DesiredState
    private let edits: Edits
    /// Pairs that git knows by reference alone.
    private let referenced: Set<String>
    /// What there is of pairs afterwards, in whichever object: `id=value`.
    private let kept: Set<String>

    /// - Parameter base: what git declared so far.
    init(after edits: Edits, base: DesiredState) {
        self.base = base
        self.edits = edits
        var (referenced, valued): (Set<String>, Set<String>) = ([], [])
        for declaration in base.declarations {
            declaration.object.element.walk { pair in
                if let id = pair.referredPair { referenced.insert(id) } else if pair.isValuedPair, let id = pair.id { valued.insert(id) }
            }
        }
        var kept: Set<String> = []
        for element in Array(edits.changed.values) + edits.added.map(\.element) {
            element.walk { if $0.isValuedPair, let id = $0.id, let value = $0["value"] { kept.insert("\(id)=\(value)") } }
        }
        (self.referenced, self.kept) = (referenced.subtracting(valued), kept)
    }

    func among(_ objects: [CIBObject]) -> [LostSecret] { objects.compactMap(loss) }

    private func loss(of object: CIBObject) -> LostSecret? {
        let isGoing = edits.removed.contains(object.id)
        guard isGoing || edits.changed[object.id] != nil else { return nil }
        let declared = base[object.id]?.object.element.values ?? [:]
        let remaining = isGoing ? [:] : edits.changed[object.id]?.values ?? [:]
        var names: [String] = []
        object.element.walk { pair in
            guard pair.isValuedPair, let id = pair.id, let name = pair["name"], let value = pair["value"] else { return }
            guard referenced.contains(id) || pair.holdsSecret && declared[name] == nil else { return }
            guard declared[name]?.contains(value) != true, remaining[name]?.contains(value) != true, !kept.contains("\(id)=\(value)") else { return }
            if !names.contains(name) { names.append(name) }
        }
        return names.isEmpty ? nil : LostSecret(object: object.id, names: names, isGoing: isGoing)
    }
}

extension Element {
    fileprivate var isValuedPair: Bool { name == "nvpair" && self["value"] != nil }
    fileprivate var referredPair: String? { name == "nvpair" ? self["id-ref"] : nil }

    /// What pairs say here, by their names.
    fileprivate var values: [String: Set<String>] {
        var values: [String: Set<String>] = [:]
        walk { if $0.name == "nvpair", let name = $0["name"], let value = $0["value"] { values[name, default: []].insert(value) } }
        return values
    }
}
