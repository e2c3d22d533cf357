internal import CIB
internal import ClusterModel
internal import LiveState
internal import Steps

/// Nodes that hear each other, and what they have in common: the CIB, a DC, the order of what attrd spreads.
final class Partition {
    let members: Set<NodeName>
    private(set) var cib: CIB { didSet { wishes = ResourceWish.all(in: cib) } }
    private(set) var wishes: [ResourceWish]
    var dc: NodeName?
    var hasQuorum = true
    /// Members that corosync knows, and Pacemaker does not yet.
    var joining: Set<NodeName> = []
    /// Nodes that were lost, and nobody knows yet whether they are off.
    var unclean: Set<NodeName> = []
    /// What attrd has spread, in the one order that all see.
    var announcements: [NodeName: Announcement] = [:]
    /// Operations of resources that are under way.
    var operations = 0
    var isEvaluating = false
    /// Operations that have failed and are not tried again where they did: `web on alpha`.
    var failures: Set<String> = []
    var isDissolved = false

    init(_ members: Set<NodeName>, _ cib: CIB) {
        self.members = members
        self.cib = cib
        wishes = ResourceWish.all(in: cib)
    }

    var online: Set<NodeName> { members.subtracting(joining) }

    var isIdle: Bool { dc != nil && operations == 0 && !isEvaluating }

    /// - Returns: whether the CIB is still the one that the transaction was made from.
    func swap(_ transaction: Transaction) -> Bool {
        guard transaction.from.version == cib.version else { return false }
        cib = transaction.to
        return true
    }

    /// What a person, or a tool, does to whatever is there now.
    func edit(_ change: (inout Edits, CIB) -> Void) {
        var edits = Edits()
        change(&edits, cib)
        cib = cib.applying(edits)
    }
}
