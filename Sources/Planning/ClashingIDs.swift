internal import CIB
internal import Diagnostics
internal import Repository

/// What comes under an id that something of another kind has in the cluster, whoever made that.
struct ClashingIDs {
    let live: CIB
    let edits: Edits
    let desired: DesiredState

    func clash(of object: CIBObject) -> Finding? {
        guard let other = others(than: object).first(where: { !edits.removed.contains($0.id) }) else { return nil }
        return .error(
            "the id \(object.id.name) is that of a \(other.id.kind.rawValue) in the cluster", at: desired[object.id]?.place(of: object.id.name),
            remedy: "give one of the two another name")
    }

    /// Of nodes the CIB identifies the numbers, which clash with nothing.
    private func others(than object: CIBObject) -> some Sequence<CIBObject> {
        live.objects.lazy.filter { other in
            ![object.id.kind, other.id.kind].contains(.node) && other.id.kind != object.id.kind
                && (other.id.name == object.id.name || other.members.contains(object.id.name))
        }
    }
}
