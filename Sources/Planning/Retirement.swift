public import CIB
public import ClusterModel
internal import Records
public import Steps
internal import XML

/// Keeps resources that are about to be deleted stopped.
///
/// Deleting a VM, its DRBD clone and their constraints at once leaves Pacemaker no order between the VM's stop and the DRBD
/// demote. So they are banned from every node first, while their constraints still hold, by constraints of our own: an
/// operator's `target-role` stays what it is, and a plan that keeps the resource after all removes the ban.
public struct Retirement: Sendable {
    private let bans: [CIBObject]

    public init(of resources: [String], in plan: Plan) {
        let outermost = plan.live.outermost(resources)
        bans = outermost.map { name in
            let id = ClusterRecord.ban(of: ResourceID(name)).name
            let everywhere = Element(
                "expression", ["id": "\(id)-expression", "attribute": "#uname", "operation": "defined"])
            let rule = Element("rule", ["id": "\(id)-rule", "score": "-INFINITY"], children: [everywhere])
            return CIBObject(
                id: ObjectID(.constraint, id), element: Element("rsc_location", ["id": id, "rsc": name], children: [rule]))
        }
    }

    var ids: Set<ObjectID> { Set(bans.map(\.id)) }

    /// Without edits where the bans are there already.
    public func transaction(on cib: CIB) -> Transaction {
        var edits = Edits()
        for ban in bans where cib[ban.id] == nil { edits.add(ban) }
        return Transaction(from: cib, edits)
    }
}

extension Plan {
    /// What our own bans keep stopped, and this plan lets run: they are left of a commit that wanted it gone, and was given up.
    public var givenUpBans: Set<ResourceID> {
        let bans = live.objects.filter(\.isRetirement)
        guard !bans.isEmpty else { return [] }
        let own = Retirement(of: goingResources, in: self).ids
        let wanted = self.wanted
        let stopped = bans.filter { !own.contains($0.id) }.flatMap(\.references)
        return Set(stopped.filter { wanted[ObjectID(.resource, $0)] != nil }.map(ResourceID.init))
    }
}

extension CIB {
    /// The clones and groups around the resources if they go too, else the resources themselves. A ban of a template would
    /// be one of all that are made from it, and some may stay.
    fileprivate func outermost(_ names: [String]) -> [String] {
        let doomed = Set(names)
        let resources = objects.filter { $0.id.kind == .resource && doomed.contains($0.id.name) && $0.element.name != "template" }
        // A group that is dissolved while its members stay must not stop them.
        let whole = resources.filter { $0.members.allSatisfy(doomed.contains) }
        let inside = Set(whole.flatMap(\.members))
        return whole.map(\.id.name).filter { !inside.contains($0) }
    }
}

extension CIBObject {
    var isRetirement: Bool { id.kind == .constraint && id.name.hasPrefix(ClusterRecord.retirePrefix) }
}
