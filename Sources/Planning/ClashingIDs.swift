internal import CIB
internal import CRMSyntax
internal import Diagnostics
internal import Repository
internal import XML

/// What comes under an id that something else has in the cluster, whoever made that.
struct ClashingIDs {
    private let live: CIB
    private let edits: Edits
    private let desired: DesiredState
    /// Live objects as they will be.
    private let changed: [ObjectID: Element]
    /// Those of the new names that occur in the cluster, wherever.
    private let used: Set<String>

    init(live: CIB, edits: Edits, desired: DesiredState, drafts: [(live: CIBObject?, new: CIBObject)]) {
        (self.live, self.edits, self.desired) = (live, edits, desired)
        changed = Dictionary(drafts.compactMap { draft in draft.live.map { ($0.id, draft.new.element) } }, uniquingKeysWith: { first, _ in first })
        used = live.usedIDs(among: Set(drafts.lazy.filter { $0.live == nil && $0.new.id.isXMLID }.map(\.new.id.name)))
    }

    func clash(of object: CIBObject) -> Finding? {
        if let other = others(than: object.id).first(where: { live[$0] != nil && !edits.removed.contains($0) }) {
            return finding(object, "that of a \(other.kind.rawValue)")
        }
        guard used.contains(object.id.name), object.id.isXMLID else { return nil }
        for other in live.objects where !edits.removed.contains(other.id) {
            let part = (changed[other.id] ?? other.element).part(of: object.id.name)
            if let part { return finding(object, "that of a part of \(other.id.name), <\(part.name)>,") }
        }
        return nil
    }

    private func finding(_ object: CIBObject, _ holder: String) -> Finding {
        .error(
            "the id \(object.id.name) is \(holder) in the cluster", at: desired[object.id]?.place(of: object.id.name),
            remedy: "give one of the two another name")
    }

    /// Of nodes the CIB identifies the numbers, which clash with nothing.
    private func others(than id: ObjectID) -> [ObjectID] {
        guard id.kind != .node else { return [] }
        return ObjectID.Kind.allCases.filter { $0 != id.kind && $0 != .node }.map { ObjectID($0, id.name) }
    }
}

extension ObjectID {
    /// Of a user the id is no ID to the schema, and a topology has none.
    fileprivate var isXMLID: Bool { ![.node, .aclTarget, .fencing].contains(kind) }
}

extension Element {
    /// What has this id in it.
    fileprivate func part(of id: String) -> Element? {
        for child in children {
            if child.id == id, !CRMIdentifiers.isReference(child) { return child }
            if let part = child.part(of: id) { return part }
        }
        return nil
    }
}
