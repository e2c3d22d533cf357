internal import CIB
internal import Diagnostics
internal import Repository
internal import XML

/// What the result would refer to and not have: "IDREF attribute … references an unknown ID" is what crm_verify says of it, and refuses the
/// whole CIB. Mostly somebody else's objects need what the commit deletes: a user a role, a primitive its template, a list one that it takes over.
struct LostReferences {
    private let live: CIB
    private let edits: Edits
    private let desired: DesiredState

    init(in live: CIB, after edits: Edits, _ desired: DesiredState) {
        self.live = live
        self.edits = edits
        self.desired = desired
    }

    /// None where Pacemaker does not look.
    var findings: [Finding] { unmanagedLevels + broken }

    /// What a topology that is written names as devices, and will not be there. Pacemaker takes it, until a node is to be fenced.
    var unknownDevices: [Finding] {
        let id = ObjectID(.fencing, "fencing_topology")
        guard let topology = edits.changed[id] ?? edits.added.first(where: { $0.id == id })?.element else { return [] }
        let resources = Set(objects.lazy.filter { $0.id.kind == .resource }.map(\.id.name))
        return Set(topology.children.flatMap(\.devices)).subtracting(resources).sorted().map { name in
            .warning(
                "a level of fencing names \"\(name)\", and the cluster will have no such device", at: desired[id]?.place(of: name),
                remedy: "declare it, or remove it from the level")
        }
    }

    private var broken: [Finding] {
        guard !edits.isEmpty, live.schema != "none" else { return [] }
        let lost = self.lost
        guard !lost.isEmpty else { return [] }
        return objects.flatMap { object in
            let broken = object.element.requiredIDs.filter(lost.contains)
            return broken.isEmpty ? [] : Set(broken).sorted().map { finding(object.id, $0) }
        }
    }

    /// Nothing but the next fencing would notice: the schema takes the names of devices for text.
    private var unmanagedLevels: [Finding] {
        guard !edits.removed.isEmpty else { return [] }
        return live.objects.filter { $0.id.kind == .fencing && desired[$0.id] == nil && !edits.removed.contains($0.id) }.flatMap { topology in
            let devices = Set(topology.element.children.flatMap(\.devices))
            return devices.filter { edits.removed.contains(ObjectID(.resource, $0)) }.sorted().map { finding(topology.id, $0) }
        }
    }

    /// Ids that went or were never there, and that something may refer to. What goes is gone: an id occurs once.
    private var lost: Set<String> {
        let former = (Array(edits.removed) + edits.changed.keys).compactMap { live[$0]?.element }
        let written = Array(edits.changed.values) + edits.added.map(\.element)
        let present = Set(written.flatMap(\.ownIDs))
        let gone = Set(former.flatMap(\.ownIDs)).subtracting(present)
        let needed = Set(written.flatMap(\.requiredIDs)).subtracting(present).filter { !isLive($0) }
        guard !needed.isEmpty else { return gone }
        var missing = needed
        for object in objects { object.element.walk { if let id = $0.id, !$0.isReference { missing.remove(id) } } }
        return gone.union(missing)
    }

    /// Whether it is the name of an object that stays: most references are to one, and need no search.
    private func isLive(_ name: String) -> Bool {
        [ObjectID.Kind.resource, .tag, .role].contains { kind in
            let id = ObjectID(kind, name)
            return live[id] != nil && !edits.removed.contains(id)
        }
    }

    /// As they are after the edits.
    private var objects: [CIBObject] {
        let staying = live.objects.lazy.filter { !edits.removed.contains($0.id) }.map { object in
            edits.changed[object.id].map { CIBObject(id: object.id, element: $0) } ?? object
        }
        return Array(staying) + edits.added
    }

    private func finding(_ holder: ObjectID, _ name: String) -> Finding {
        guard let declaration = desired[holder] else {
            return .error(
                "\"\(name)\" would go, and \(holder.name), which is not in the repository, needs it",
                remedy: "declare \(holder.name) in the repository, or change it by hand first")
        }
        return .error(
            "\(holder.name) refers to \"\(name)\", which neither the repository nor the cluster has", at: declaration.place(of: name),
            remedy: "declare it, or remove the reference")
    }
}

extension Element {
    /// Of a fencing level.
    fileprivate var devices: [String] { (self["devices"] ?? "").split(separator: ",").map(String.init) }
}
