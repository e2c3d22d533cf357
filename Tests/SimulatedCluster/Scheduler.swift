internal import CIB
internal import ClusterModel
internal import LiveState
internal import Records
internal import XML

/// What a CIB wants to run, as a very small Pacemaker reads it.
struct ResourceWish: Hashable {
    enum Kind: Hashable {
        case plain
        case domain(file: String)
        case drbd(String)
        case fileSystem(String)
    }

    let id: String
    let kind: Kind
    /// What it is started with: an address, a device.
    let address: String?
    /// Whether it may run at all.
    let isWanted: Bool
    /// What it has to be with: a DRBD primitive, a file system.
    let companions: [String]

    /// Whether it runs on several nodes at once.
    var isCloned: Bool {
        switch kind {
        case .drbd, .fileSystem: true
        case .plain, .domain: false
        }
    }

    /// All primitives of a CIB.
    static func all(in cib: CIB) -> [ResourceWish] {
        let primitives = cib.objects.filter { $0.id.kind == .resource && $0.element.name == "primitive" }
        var holder: [String: String] = [:]
        for object in cib.objects where object.id.kind == .resource { for member in object.members { holder[member] = object.id.name } }
        var companions: [String: [String]] = [:]
        var banned: Set<String> = []
        for object in cib.objects where object.id.kind == .constraint {
            if object.element.name == "rsc_colocation", let resource = object.element["rsc"], let with = object.element["with-rsc"] {
                companions[resource, default: []].append(holder.first { $0.value == with }?.key ?? with)
            }
            if object.id.name.hasPrefix(ClusterRecord.retirePrefix), let resource = object.element["rsc"] { banned.insert(resource) }
        }
        func mayRun(_ object: CIBObject) -> Bool {
            let group = holder[object.id.name].flatMap { cib[ObjectID(.resource, $0)]?.element }
            let isStopped = [object.element, group].contains { $0?.pair("target-role", in: "meta_attributes") == "Stopped" }
            return !isStopped && banned.isDisjoint(with: [object.id.name, holder[object.id.name]].compactMap(\.self))
        }
        let allowed = cib.property("stop-all-resources") == "true" ? [] : Set(primitives.filter(mayRun).map(\.id.name))
        return primitives.map { object in
            let companions = companions[object.id.name] ?? []
            return ResourceWish(
                id: object.id.name, kind: kind(object.element),
                address: object.element.pair("ip", in: "instance_attributes") ?? object.element.pair("device", in: "instance_attributes"),
                isWanted: allowed.contains(object.id.name) && companions.allSatisfy(allowed.contains), companions: companions)
        }
    }

    private static func kind(_ element: Element) -> Kind {
        if let resource = element.pair("drbd_resource", in: "instance_attributes") { return .drbd(resource) }
        if let directory = element.pair("directory", in: "instance_attributes") { return .fileSystem(directory) }
        if let file = element.pair("xmfile", in: "instance_attributes") { return .domain(file: file) }
        return .plain
    }
}

extension Element {
    func pair(_ name: String, in set: String) -> String? {
        for child in children where child.name == set {
            for pair in child.children where pair["name"] == name { return pair["value"] }
        }
        return nil
    }
}

/// Starts and stops, as the CIB of a partition wants it.
final class Scheduler {
    private unowned let cluster: Cluster
    /// Resources whose stop hangs, or fails, until a moment.
    var stopsHangUntil: [String: Int] = [:]
    /// Where the DRBD resources have their disks.
    static let drbdHosts: Set<NodeName> = ["alpha", "bravo"]

    init(_ cluster: Cluster) { self.cluster = cluster }

    /// The DC looks at what there is, and orders what is missing: soon.
    func evaluate(_ partition: Partition) {
        guard !partition.isEvaluating, !partition.isDissolved else { return }
        partition.isEvaluating = true
        cluster.simulation.after(30...150) { [self] in
            partition.isEvaluating = false
            guard !partition.isDissolved, partition.dc != nil else { return }
            order(partition)
        }
    }

    private func order(_ partition: Partition) {
        guard partition.operations == 0 else { return }
        let wishes = partition.wishes
        let hosts = partition.online.sorted().compactMap { cluster.nodes[$0]?.host }.filter { $0.hasPower }
        let isManaged = partition.cib.property("maintenance-mode") != "true"
        guard isManaged else { return }
        if stop(wishes, hosts, partition) { return }
        _ = start(wishes, hosts, partition)
    }

    // MARK: Stopping

    /// Dependents first.
    private func stop(_ wishes: [ResourceWish], _ hosts: [Host], _ partition: Partition) -> Bool {
        var ordered = false
        for host in hosts {
            let isStandby = isStandby(host.name, partition)
            for id in host.running.keys.sorted() {
                let wish = wishes.first { $0.id == id }
                let isElsewhere = wish?.isCloned == false && hosts.contains { $0 !== host && $0.running[id] != nil && $0.name < host.name }
                let isLonely =
                    wish?.companions.contains { companion in
                        host.running[companion] == nil || isStale(companion, wishes.first { $0.id == companion }, host)
                    } ?? false
                guard wish?.isWanted != true || isStale(id, wish, host) || isStandby || isElsewhere || isLonely || host.running[id]?.hasFailed == true
                else {
                    continue
                }
                let dependents = wishes.filter { $0.companions.contains(id) && host.running[$0.id] != nil }
                guard dependents.isEmpty else { continue }
                finishStop(of: id, on: host, partition)
                ordered = true
            }
        }
        return ordered
    }

    /// Whether it was started as another thing than the CIB says now.
    func isStale(_ id: String, _ wish: ResourceWish?, _ host: Host) -> Bool {
        guard let wish, let running = host.running[id] else { return true }
        return running.address != wish.address || running.kind != wish.kind
    }

    private func finishStop(of id: String, on host: Host, _ partition: Partition) {
        let hang = max(0, (stopsHangUntil[id] ?? 0) - cluster.simulation.now)
        operate(partition, on: host, 100 + hang...1500 + hang) { [cluster] in
            let kind = host.running.removeValue(forKey: id)?.kind
            cluster.say("Pacemaker: \(id) stopped on \(host.name)")
            switch kind {
            case .drbd(let drbd):
                host.primaries.remove(drbd)
                host.drbd[drbd] = nil
            case .fileSystem: cluster.remounted(host)
            default: break
            }
        }
    }

    // MARK: Starting

    private func start(_ wishes: [ResourceWish], _ hosts: [Host], _ partition: Partition) -> Bool {
        var ordered = false
        for wish in wishes where wish.isWanted {
            if case .drbd(let resource) = wish.kind {
                cluster.drbdNames[wish.id] = resource
                for host in hosts where Self.drbdHosts.contains(host.name) && host.running[wish.id] == nil {
                    if begin(wish, on: host, partition) { ordered = true }
                }
                promote(resource, wish, wishes, hosts)
            } else if case .fileSystem = wish.kind {
                for host in hosts where host.running[wish.id] == nil && cluster.mayMount(host) {
                    if begin(wish, on: host, partition) { ordered = true }
                }
            } else if !hosts.contains(where: { $0.running[wish.id] != nil }) {
                let places = hosts.filter { wish.companions.allSatisfy($0.running.keys.contains) && hasData(wish, $0) }
                for host in places where begin(wish, on: host, partition) {
                    ordered = true
                    break
                }
            }
        }
        return ordered
    }

    /// "Need access to UpToDate data" (drbdsetup): without any nothing is promoted, and what is to run on it is not started.
    private func hasData(_ wish: ResourceWish, _ host: Host) -> Bool {
        wish.companions.compactMap { cluster.drbdNames[$0] }.allSatisfy { host.generation(of: $0) != nil }
    }

    /// One instance is promoted: where it is used, if it is.
    private func promote(_ resource: String, _ wish: ResourceWish, _ wishes: [ResourceWish], _ hosts: [Host]) {
        let instances = hosts.filter { $0.running[wish.id] != nil && $0.drbd[resource] != nil && $0.generation(of: resource) != nil }
        let users = wishes.filter { $0.companions.contains(wish.id) }.map(\.id)
        let used = instances.first { host in users.contains { host.running[$0] != nil } }
        guard let chosen = used ?? instances.first(where: { $0.primaries.contains(resource) }) ?? instances.first else { return }
        for host in instances { host.primaries.remove(resource) }
        chosen.primaries.insert(resource)
    }

    private func begin(_ wish: ResourceWish, on host: Host, _ partition: Partition) -> Bool {
        let refusal = Partition.Refusal(resource: wish.id, node: host.name, address: wish.address)
        guard !partition.refusals.contains(refusal), !isStandby(host.name, partition) else { return false }
        let hang = wish.address == "10.0.0.16" ? 170_000 : 0
        operate(partition, on: host, 100 + hang...1500 + hang) { [self] in
            guard let running = started(wish, on: host) else {
                let present = cluster.partition(of: host.name) ?? partition
                present.refusals.insert(refusal)
                cluster.say("Pacemaker: \(wish.id) does not start on \(host.name)")
                present.fail(wish.id, "start", on: host.name)
                return
            }
            host.running[wish.id] = running
            if case .fileSystem = wish.kind { cluster.remounted(host) }
            cluster.say("Pacemaker: \(wish.id) started on \(host.name)")
            if let pause = Self.pauses[wish.address ?? ""] { flap(wish.id, host, after: pause) }
            if running.isHungry { starve(partition) }
        }
        return true
    }

    /// Nil when it does not start.
    private func started(_ wish: ResourceWish, on host: Host) -> Host.Running? {
        switch wish.kind {
        case .plain:
            guard wish.address != "10.0.0.13", cluster.partition(of: host.name).map(isStarving) != true else { return nil }
            return Host.Running(kind: wish.kind, address: wish.address)
        case .drbd(let resource):
            guard let definition = host.definition(of: resource), host.hasDisk(of: definition) else { return nil }
            guard cluster.bringUp(resource, definition, on: host) else { return nil }
            return Host.Running(kind: wish.kind)
        case .fileSystem:
            guard cluster.mayMount(host), wish.address != "/dev/san/broken" else { return nil }
            return Host.Running(kind: wish.kind, address: wish.address)
        case .domain(let path):
            guard let file = host.files[path] else { return nil }
            for drbd in wish.companions.compactMap({ cluster.drbdNames[$0] }) {
                guard host.drbd[drbd] != nil, host.generation(of: drbd) != nil else { return nil }
                for member in cluster.partition(of: host.name)?.members ?? [] { cluster.node(member).host.primaries.remove(drbd) }
                host.primaries.insert(drbd)
                cluster.write(to: drbd, on: host)
            }
            return Host.Running(kind: wish.kind, file: file)
        }
    }

    /// How long the monitor takes to fail, by address.
    private static let pauses: [String: ClosedRange<Int>] = ["10.0.0.14": 500...2500, "10.0.0.15": 4000...9000]

    /// A domU leaves nothing for the address on any node.
    private func isStarving(_ partition: Partition) -> Bool {
        partition.members.contains { cluster.node($0).host.running.values.contains(where: \.isHungry) }
    }

    private func starve(_ partition: Partition) {
        guard let present = partition.members.min().flatMap(cluster.partition) else { return }
        for host in present.members.sorted().map({ cluster.node($0).host }) where host.running["ip"] != nil {
            host.running["ip"]?.hasFailed = true
            present.fail("ip", "monitor", on: host.name)
        }
        evaluate(present)
    }

    /// The monitor fails after each start.
    private func flap(_ id: String, _ host: Host, after pause: ClosedRange<Int>) {
        let address = host.running[id]?.address
        cluster.simulation.after(pause) { [self] in
            guard let present = cluster.partition(of: host.name), let running = host.running[id] else { return }
            guard running.address == address, present.wishes.contains(where: { $0.id == id && $0.address == running.address }) else { return }
            host.running[id]?.hasFailed = true
            present.fail(id, "monitor", on: host.name)
            evaluate(present)
        }
    }

    private func operate(_ partition: Partition, on host: Host, _ time: ClosedRange<Int>, _ body: @escaping () -> Void) {
        partition.operations += 1
        cluster.simulation.after(time) { [self] in
            partition.operations -= 1
            if host.hasPower, host.isInCluster { body() }
            cluster.partition(of: host.name).map(evaluate)
            evaluate(partition)
        }
    }

    private func isStandby(_ node: NodeName, _ partition: Partition) -> Bool {
        partition.cib[ObjectID(.node, node.text)]?.element.pair("standby", in: "instance_attributes") == "on"
    }

    // MARK: The status

    func status(of partition: Partition, seenBy node: NodeName) -> ClusterStatus {
        let hosts = cluster.hosts
        let nodes = hosts.map { host in
            ClusterStatus.Node(
                name: host.name.text, isOnline: partition.online.contains(host.name), isUnclean: partition.unclean.contains(host.name),
                isPending: partition.joining.contains(host.name), isAvailable: !isStandby(host.name, partition))
        }
        let present = hosts.filter { partition.online.contains($0.name) }
        let wishes = partition.wishes
        let inMaintenance = partition.cib.property("maintenance-mode") == "true"
        let names = present.reduce(into: Set(wishes.map { $0.id })) { $0.formUnion($1.running.keys) }.sorted()
        let resources = names.flatMap { id -> [ClusterStatus.Resource] in
            let places = present.filter { $0.running[id] != nil }
            let hasFailed = partition.refusals.contains { $0.resource == id }
            guard !places.isEmpty else {
                return [.init(id: id, role: "Stopped", isActive: false, isManaged: !inMaintenance, hasFailed: hasFailed, nodes: [])]
            }
            return places.map { host in
                let replica: String? = if case .drbd(let resource) = host.running[id]?.kind { resource } else { nil }
                let isPrimary = replica.map(host.primaries.contains) ?? false
                return .init(
                    id: id, role: isPrimary ? "Master" : replica != nil ? "Slave" : "Started", isActive: true, isManaged: !inMaintenance,
                    hasFailed: host.running[id]?.hasFailed == true, nodes: [host.name.text])
            }
        }
        return ClusterStatus(
            hasQuorum: partition.hasQuorum, dc: partition.dc?.text, nodes: nodes, resources: resources, isIdle: partition.isIdle,
            inMaintenance: inMaintenance, failures: partition.failures, failCounts: partition.failCounts)
    }
}
