internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Repository
internal import Steps
internal import XenSyntax

/// The Xen agent looks for the domain that the file names, unless its parameter `name` says another. With another name in the file of a domU
/// that runs it finds none, and starts a second one on the same disk.
enum DomainIdentityCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        guard let cluster = evidence.live.lastStatus else { return [] }
        let changes = evidence.plan.files.filter { $0.format == .xen && $0.old != nil && $0.new != nil }
        guard !changes.isEmpty else { return [] }
        let tree = evidence.plan.live.resourceTree
        return evidence.plan.live.objects.flatMap { object -> [Objection] in
            guard let file = tree.domainFile(of: object), let change = changes.first(where: { $0.path.text == file }) else { return [] }
            // "name (string): Xen DomU name, if different from the file's" is what it looks for then.
            guard tree.parameter("name", of: object) == nil, runs(object.id.name, cluster, evidence) else { return [] }
            let domain = RunningDomain(resource: object.id.name, change: change)
            return domain.otherIdentity.filter { $0.key != "name" || !isFound(domain, evidence) }.map { refusal($0, of: domain) }
        }
    }

    private static func refusal(_ identity: (key: String, old: String, new: String), of domain: RunningDomain) -> Objection {
        Objection(
            .refusal,
            "\(domain.change.path) changes \(identity.key) from \"\(identity.old)\" to \"\(identity.new)\" while \(domain.resource) runs: "
                + "the agent would not find it any more, and start it a second time",
            remedy: "stop it in a commit of its own first (target-role=Stopped), or give the primitive the parameter name")
    }

    /// A commit that is in force changes the file of this host only: what runs elsewhere has the new name already.
    private static func runs(_ resource: String, _ cluster: ClusterStatus, _ evidence: Evidence) -> Bool {
        guard !evidence.plan.needsTransaction else { return cluster.isActive(resource) }
        return cluster.resources.contains { $0.id == resource && $0.isActive && $0.nodes.contains(evidence.live.node.text) }
    }

    /// Somebody has changed the name in the file by hand: the domain that runs here is the one that the agent will look for when it is put right.
    private static func isFound(_ domain: RunningDomain, _ evidence: Evidence) -> Bool {
        guard !evidence.plan.needsTransaction, let name = domain.newName else { return false }
        return evidence.live.domains?.value?[name] != nil
    }
}

/// A domU that runs, and what the plan makes of its file.
private struct RunningDomain {
    let resource: String
    let change: FileChange

    /// By which the agent looks for it once the file is changed.
    var newName: String? { change.new.map { XenConfiguration.nameForAgent(in: $0, of: resource) } }

    /// What it is known by, where that becomes another: as xl reads it, and as the agent does.
    var otherIdentity: [(key: String, old: String, new: String)] {
        guard let old = change.old, let new = change.new else { return [] }
        let (before, after) = (XenConfiguration.parse(old).configuration, XenConfiguration.parse(new).configuration)
        let others = ["name", "uuid"].map { ($0, before[$0]?.text ?? "", after[$0]?.text ?? "") }.filter { $1 != $2 }
        let (sought, found) = (XenConfiguration.nameForAgent(in: old, of: resource), XenConfiguration.nameForAgent(in: new, of: resource))
        return others.contains { $0.0 == "name" } || sought == found ? others : [("name", sought, found)] + others
    }
}
