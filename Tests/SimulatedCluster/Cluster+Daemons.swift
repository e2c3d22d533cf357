internal import ClusterModel
internal import Reconciling
internal import TestKit

// Daemons: started, killed, stopped, and with them their hosts.
extension Cluster {
    func start(_ name: NodeName, after pause: Int) {
        simulation.after(pause) { [self] in
            let node = node(name)
            guard node.host.hasPower, !node.isAlive else { return }
            node.begin(at: simulation.now, pace: pace)
            say("\(name): the daemon starts")
            report(.started(name))
            deliver(.started, to: node)
        }
    }

    /// `coxswain apply`, on a node without a daemon.
    func apply(on name: NodeName) {
        let node = node(name)
        guard node.host.hasPower, !node.isAlive else { return }
        node.begin(at: simulation.now, pace: pace, isOnce: true)
        say("\(name): coxswain apply")
        report(.started(name))
        deliver(.started, to: node)
    }

    /// kill -9; systemd starts it again.
    func kill(_ name: NodeName, restarting: Bool = true) {
        let node = node(name)
        guard node.isAlive else { return }
        say("\(name): kill -9")
        node.kill()
        if restarting { start(name, after: simulation.random.number(100...5000)) }
    }

    /// The power goes, and comes back.
    func cutPower(_ name: NodeName, for pause: Int) {
        let node = node(name)
        guard node.host.hasPower else { return }
        say("\(name): power cut for \(pause / 1000) s")
        let partition = partition(of: name)
        node.host.losePower()
        node.kill()
        node.view = [:]
        partition?.announcements[name] = nil
        regroup()
        simulation.after(pause) { [self] in boot(name) }
    }

    private func boot(_ name: NodeName) {
        let node = node(name)
        guard !node.host.hasPower else { return }
        say("\(name): boots")
        node.host.hasPower = true
        start(name, after: simulation.random.number(0...5000))
        simulation.after(0...5000) { [self] in join(name) }
    }

    /// Pacemaker alone is stopped on a node, its resources before it.
    func leave(_ name: NodeName) {
        let node = node(name)
        guard node.host.isInCluster else { return }
        say("\(name): Pacemaker stops")
        let wasMounted = node.host.isMounted
        node.host.running = [:]
        if wasMounted { remounted(node.host) }
        node.host.drbd = [:]
        node.host.primaries = []
        node.host.isInCluster = false
        node.view = [:]
        partition(of: name)?.announcements[name] = nil
        regroup()
    }

    func join(_ name: NodeName) {
        let node = node(name)
        guard node.host.hasPower, !node.host.isInCluster else { return }
        say("\(name): Pacemaker starts")
        node.host.isInCluster = true
        regroup()
    }

    func freeze(_ name: NodeName, for pause: Int) {
        let node = node(name)
        guard node.isAlive, !node.isFrozen else { return }
        say("\(name): SIGSTOP for \(pause / 1000) s")
        node.isFrozen = true
        let life = node.life
        simulation.after(pause) { [self] in
            guard node.life == life, node.isAlive else { return }
            say("\(name): SIGCONT")
            node.isFrozen = false
            drain(node)
        }
    }

    // MARK: Events

    func deliver(_ event: Event, to node: Node) {
        node.inbox.put(event)
        drain(node)
    }

    /// The daemon takes in what has reached it, one after the other.
    func drain(_ node: Node) {
        guard !node.isDraining else { return }
        node.isDraining = true
        defer { node.isDraining = false }
        while node.isAlive, !node.isFrozen, let event = node.inbox.take() {
            let now = Instant(.milliseconds(simulation.now - node.startOfLife))
            let inbox = node.inbox
            if trace.isOn { say("\(node.name) <- \(event.brief)") }
            report(.took(node.name, event))
            node.machine?.handle(event, at: now, in: SimulatedWorld(self, node)) { inbox.put($0) }
        }
    }
}
