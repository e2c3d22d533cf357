internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning
internal import Reconciling
internal import Records
internal import Repository
internal import TestKit

/// Nodes with their hosts and daemons, Pacemaker around them, a git server before them; and whoever checks what they do.
final class Cluster {
    let simulation: Simulation
    let library: Library
    let git: GitServer
    /// The file system that Pacemaker mounts on all nodes; nil where the domUs' files lie on each host.
    let shared: SharedFiles?
    let names: [NodeName]
    private(set) var nodes: [NodeName: Node] = [:]
    /// By their names.
    private(set) var hosts: [Host] = []
    private(set) var partitions: [Partition] = []
    /// Who hears whom: nodes of one group.
    var groups: [NodeName: Int] = [:]
    /// Whether one of two nodes has quorum alone, as corosync's two_node says.
    let isTwoNode: Bool
    /// What primitives of DRBD stand for, also when they are gone from the CIB.
    var drbdNames: [String: String] = [:]
    /// Bytes that DRBD uses of the disks of a resource, on all nodes alike.
    var drbdSizes: [String: Int] = [:]
    /// Of data, one for each first synchronisation; those of the first disks are below.
    var lineages = 100
    /// What disks hold is drawn apart: other histories stay as they were.
    var chance: Seeded
    /// So is what makes commits bad in newer ways.
    var whims: Seeded
    var isWild = false
    private(set) var scheduler: Scheduler!
    let faults: Faults
    let watchdog: Watchdog
    let trace: Trace
    var statistics = Statistics()
    /// How much has been done by all daemons together.
    var effects = 0
    let pace: Pace
    /// How long a person's word is kept; nil: until a commit changes it.
    var holdLimit: Duration?

    init(_ names: [NodeName], isTwoNode: Bool, _ contents: Contents, seed: UInt64, library: Library, faults: Faults, trace: Trace, pace: Pace) {
        simulation = Simulation(seed: seed)
        chance = Seeded(~seed)
        whims = Seeded(seed &* 0x2545_F491_4F6C_DD1D)
        self.library = library
        self.names = names
        self.isTwoNode = isTwoNode && names.count == 2
        self.faults = faults
        self.trace = trace
        self.pace = pace
        git = GitServer(contents)
        shared = contents.storage == .local ? nil : SharedFiles()
        watchdog = Watchdog()
        scheduler = Scheduler(self)
    }

    /// The first commit is in force, or nothing is.
    ///
    /// - Parameter spare: what is on disks that nothing stands on yet, on both hosts; otherwise DRBD's data.
    func begin(isConfigured: Bool, spare: [String: [DiskContent]] = [:]) {
        let state = library.state(git.contents(git.head) ?? Contents())
        var cib = CIB.empty
        if isConfigured { cib = library.configured(git.head) { configured(with: state) } }
        for name in names {
            let host = Host(name, cib, shared)
            if isConfigured {
                let paths = state.files.map { (state.policy.path(of: $0), $0.source) }
                for (path, source) in paths where shared?.holds(path) != true { host.own[path] = source.at(path) }
                for (path, source) in paths where shared?.holds(path) == true { shared?.files[path] = source.at(path) }
                host.deposits = [(git.head, Set(paths.map(\.0)))]
            }
            let own = spare.mapValues { $0[name == "alpha" ? 0 : 1] }
            host.equip(with: git.contents(git.head) ?? Contents(), isConfigured: isConfigured, spare: own)
            host.mirror = [git.head]
            host.fetchedHead = git.head
            let node = Node(host)
            node.seenEpoch = cib.version.epoch
            if isConfigured { lastInForce[name] = ClusterRecord(in: cib) }
            nodes[name] = node
            groups[name] = 0
        }
        hosts = nodes.values.map(\.host).sorted { $0.name < $1.name }
        regroup()
        for name in names { start(name, after: simulation.random.number(0...2000)) }
    }

    private func configured(with state: DesiredState) -> CIB {
        var planner = Planner(commit: git.head, base: (nil, nil), desired: state, live: .empty, files: LiveFiles(), hostBases: [])
        guard let plan = try? planner.plan() else { return .empty }
        var edits = Edits()
        ClusterRecord(applied: git.head, good: git.head).write(to: &edits, of: plan.wanted)
        return plan.wanted.applying(edits)
    }

    func node(_ name: NodeName) -> Node { nodes[name]! }

    func partition(of name: NodeName) -> Partition? { partitions.first { $0.members.contains(name) } }

    /// Ends the history: whatever is under way is forgotten.
    func dissolve() {
        simulation.clear()
        (nodes, hosts, partitions) = ([:], [], [])
        scheduler = nil
    }

    /// By the clock on the wall, in seconds.
    var time: Int64 { Int64(simulation.now / 1000) + clockJump }
    /// The record as each node's side had it last, with a commit in it.
    private(set) var lastInForce: [NodeName: ClusterRecord] = [:]
    /// By how many seconds the clocks were put forward.
    var clockJump: Int64 = 0

    func say(_ text: @autoclosure () -> String) { trace.add(simulation.now, text) }

    /// Something has happened that those who check want to see.
    func report(_ happening: Happening) { watchdog.see(happening, in: self) }

    // MARK: Membership

    /// Pacemaker's nodes find each other anew.
    func regroup() {
        let present = names.filter { node($0).host.isInCluster }
        let sets = Set(Dictionary(grouping: present) { groups[$0] ?? 0 }.values.map(Set.init))
        guard sets != Set(partitions.map(\.members)) else { return }
        let former = partitions
        for partition in former where !sets.contains(partition.members) { settle(partition) }
        partitions = former.filter { !$0.isDissolved }
        for members in sets.sorted(by: { $0.min()! < $1.min()! }) where !partitions.contains(where: { $0.members == members }) {
            form(members, from: former)
        }
        partitions.sort { $0.members.min()! < $1.members.min()! }
        replicateAll()
    }

    /// What was on its way comes in before the membership changes: CPG's virtual synchrony.
    private func settle(_ partition: Partition) {
        partition.isDissolved = true
        for member in partition.members {
            let node = node(member)
            node.view = partition.announcements
            node.host.cib = partition.cib
        }
    }

    private func form(_ members: Set<NodeName>, from former: [Partition]) {
        let cibs = members.sorted().map { node($0).host.cib }
        let highest = cibs.map(\.version).max()
        let cib = simulation.random.pick(cibs.filter { $0.version == highest })
        let partition = Partition(members, cib)
        partition.form(of: former, at: simulation.now)
        partition.hasQuorum = 2 * members.count > names.count || isTwoNode
        for old in former where !old.members.isDisjoint(with: members) {
            partition.inherit(old)
            for member in old.members.intersection(members) { partition.announcements[member] = old.announcements[member] }
            if old.members.isSubset(of: members) == false, simulation.random.chance(3) {
                partition.unclean = old.members.subtracting(members)
            }
        }
        let resident = former.filter { !$0.members.isDisjoint(with: members) }.max { $0.members.count < $1.members.count }
        partition.joining = members.subtracting(resident?.members ?? members)
        for member in members {
            node(member).view = partition.announcements
            node(member).lastDelivery = simulation.now
            node(member).host.cib = cib
        }
        partitions.append(partition)
        say("membership: \(members.sorted().list)\(partition.hasQuorum ? "" : " without quorum"), CIB \(cib.version)")
        for member in members.sorted() { moved(member) }
        elect(partition, keeping: resident?.dc)
    }

    private func elect(_ partition: Partition, keeping former: NodeName?) {
        simulation.after(200...2500) { [self] in
            guard !partition.isDissolved else { return }
            let keeps = former.map(partition.members.contains) == true && !simulation.random.chance(4)
            partition.dc = keeps ? former : simulation.random.pick(partition.members.subtracting(partition.joining).sorted())
            say("DC of \(partition.members.sorted().list): \(partition.dc!)")
            scheduler.evaluate(partition)
        }
        simulation.after(500...4000) { [self] in
            guard !partition.isDissolved else { return }
            let newcomers = partition.joining
            partition.joining = []
            for node in newcomers { report(.joined(node)) }
            scheduler.evaluate(partition)
        }
        simulation.after(1000...6000) { partition.unclean = [] }
    }

    /// Another DC, with the same members.
    func changeDC(of partition: Partition) {
        partition.dc = nil
        elect(partition, keeping: nil)
    }

    // MARK: attrd

    /// A value gets its place in the order of all values, and comes to each member some time after.
    func spread(_ announcement: Announcement, of name: NodeName, in partition: Partition, _ delivered: @escaping () -> Void) {
        partition.announcements[name] = announcement.isEmpty ? nil : announcement
        report(.announced(name, announcement))
        say("\(name) announces \(announcement.brief)")
        for member in partition.members.sorted() {
            let node = node(member)
            let moment = max(simulation.now + node.lag + simulation.random.number(0...20), node.lastDelivery)
            node.lastDelivery = moment
            simulation.after(moment - simulation.now) {
                guard !partition.isDissolved, node.host.isInCluster else { return }
                node.view[name] = announcement.isEmpty ? nil : announcement
                if member == name { delivered() }
            }
        }
    }

    // MARK: The CIB

    /// The CIB of a partition has become another one.
    func changed(_ partition: Partition, from former: CIB, by actor: Actor) {
        report(.configured(partition, former, actor))
        partition.forgetFailures(since: former)
        if partition.record.applied != nil { for member in partition.members { lastInForce[member] = partition.record } }
        for member in partition.members.sorted() { moved(member) }
        for wish in partition.wishes { if case .drbd(let resource) = wish.kind { drbdNames[wish.id] = resource } }
        scheduler.evaluate(partition)
    }

    /// The watch of a node sees within half a second that cib.xml, or a file, is another one.
    func moved(_ name: NodeName) {
        let node = node(name)
        simulation.after(10...500) { [self] in
            guard node.isAlive else { return }
            if let epoch = partition(of: name)?.cib.version.epoch, epoch != node.seenEpoch {
                node.seenEpoch = epoch
                deliver(.moved(.cluster), to: node)
            }
            if node.changesOfFiles != node.seenChangesOfFiles {
                node.seenChangesOfFiles = node.changesOfFiles
                deliver(.moved(.host), to: node)
            }
        }
    }
}
