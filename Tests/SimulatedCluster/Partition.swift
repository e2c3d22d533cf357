internal import CIB
internal import ClusterModel
internal import LiveState
internal import Records
internal import Steps
internal import XML

/// Nodes that hear each other, and what they have in common: the CIB, a DC, the order of what attrd spreads.
final class Partition {
    let members: Set<NodeName>
    private(set) var cib: CIB {
        didSet { (wishes, record) = (ResourceWish.all(in: cib), ClusterRecord(in: cib)) }
    }
    // What the CIB says is read when it has changed.
    private(set) var wishes: [ResourceWish]
    private(set) var record: ClusterRecord
    /// What our own bans keep stopped.
    var banned: [String] {
        cib.objects.compactMap { $0.id.kind == .constraint && $0.id.name.hasPrefix(ClusterRecord.retirePrefix) ? $0.element["rsc"] : nil }
    }
    var dc: NodeName?
    var hasQuorum = true
    /// Members that corosync knows, and Pacemaker does not yet.
    var joining: Set<NodeName> = []
    /// When they found each other, and whom each had heard before.
    private(set) var formed = 0
    private(set) var companions: [NodeName: Set<NodeName>] = [:]
    /// Nodes that were lost, and nobody knows yet whether they are off.
    var unclean: Set<NodeName> = []
    /// What attrd has spread, in the one order that all see.
    var announcements: [NodeName: Announcement] = [:]
    /// Operations of resources that are under way.
    var operations = 0
    var isEvaluating = false
    /// Starts that have failed, and are not tried again there with the same parameters.
    var refusals: Set<Refusal> = []
    /// What has failed, as crm_mon tells it until somebody cleans up.
    private(set) var failures: [FailedAction] = []
    private(set) var failCounts: [FailCountKey: Int] = [:]

    struct Refusal: Hashable {
        let resource: String
        let node: NodeName
        let address: String?
    }
    var isDissolved = false

    init(_ members: Set<NodeName>, _ cib: CIB) {
        self.members = members
        self.cib = cib
        (wishes, record) = (ResourceWish.all(in: cib), ClusterRecord(in: cib))
    }

    /// - Parameter former: what its members were in before.
    func form(of former: [Partition], at moment: Int) {
        formed = moment
        for old in former { for member in old.members.intersection(members) { companions[member] = old.members } }
    }

    var online: Set<NodeName> { members.subtracting(joining) }

    /// Whether something fails after each start, and the DC never comes to rest.
    var isRestless = false

    var isIdle: Bool { dc != nil && operations == 0 && !isEvaluating && !isRestless }

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

    func fail(_ resource: String, _ task: String, on node: NodeName) {
        let count = failCounts[FailCountKey(ResourceID(resource), node), default: 0] + 1
        failCounts[FailCountKey(ResourceID(resource), node)] = count
        failures.removeAll { $0.resource.text == resource && $0.node == node && $0.task == task }
        failures.append(FailedAction(resource: ResourceID(resource), node: node, task: task, exitStatus: "not running", call: "\(count)"))
    }

    /// What failed with other parameters is forgotten (Pacemaker: a new digest of them).
    func forgetFailures(since former: CIB) {
        let changed = Set(failures.map(\.resource)).filter {
            former[ObjectID(.resource, $0.text)]?.element != cib[ObjectID(.resource, $0.text)]?.element
        }
        failures.removeAll { changed.contains($0.resource) }
        failCounts = failCounts.filter { !changed.contains($0.key.resource) }
    }

    func forgetFailures(of resource: ResourceID, on node: NodeName) {
        failures.removeAll { $0.resource == resource && $0.node == node }
        failCounts = failCounts.filter { $0.key.resource != resource || $0.key.node != node }
    }

    func cleanUp() {
        refusals = []
        failures = []
        failCounts = [:]
    }

    /// What the members knew of failures before they found each other.
    func inherit(_ other: Partition) {
        refusals.formUnion(other.refusals)
        failures += other.failures.filter { !failures.contains($0) }
        failCounts.merge(other.failCounts, uniquingKeysWith: max)
    }
}
