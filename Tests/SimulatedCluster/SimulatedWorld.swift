internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning
internal import Reconciling
internal import Records
internal import Repository
internal import Safety
internal import Steps
internal import TestKit

/// The world of one simulated node: what the real one does with git, Pacemaker's tools and the host, in memory and in virtual time.
struct SimulatedWorld: World {
    let cluster: Cluster
    let node: Node
    let life: Int

    var simulation: Simulation { cluster.simulation }

    init(_ cluster: Cluster, _ node: Node) {
        self.cluster = cluster
        self.node = node
        life = node.life
    }

    /// What an earlier life has asked for comes to nobody.
    func reply(_ event: Event, _ answer: @escaping Answer) {
        guard node.life == life else { return }
        answer(event)
        cluster.drain(node)
    }

    /// What a tool answers: late, or not what it should, while tools are broken on this host.
    func ask(_ time: ClosedRange<Int>, _ answer: @escaping Answer, _ body: @escaping () -> Event) {
        let hang = max(0, node.toolsHangUntil - simulation.now)
        simulation.after(time.lowerBound + hang...time.upperBound + hang) {
            guard node.life == life, node.host.hasPower else { return }
            guard simulation.now >= node.toolsFailUntil else { return reply(.failed(.unavailable("a tool was killed")), answer) }
            reply(body(), answer)
        }
    }

    // MARK: Looking

    func fetch(since known: CommitID?, _ answer: @escaping Answer) {
        cluster.report(.asked(node.name, .fetch))
        let time =
            switch cluster.git.mood {
            case .answering: 50...600
            case .slow: 3000...20000
            case .rejecting: 50...200
            case .blackHole: 60000...60000
            }
        simulation.after(time) {
            guard node.life == life, node.host.hasPower else { return }
            reply(.fetched(fetched(since: known)), answer)
        }
    }

    private func fetched(since known: CommitID?) -> Event.Fetched {
        let git = cluster.git
        if [.answering, .slow].contains(git.mood), let commit = git.commit(git.head) {
            node.host.mirror.formUnion(git.history(git.head))
            node.host.fetchedHead = git.head
            let passed = known.map { git.isAncestor($0, of: git.head) ? git.history(git.head).dropFirst().prefix { $0 != known } : [] } ?? []
            return .head(commit, passed: Array(passed))
        }
        guard let commit = node.host.fetchedHead.flatMap(git.commit) else { return .nothing("the server does not answer") }
        return .kept(commit, "the server does not answer")
    }

    func observe(_ answer: @escaping Answer) {
        cluster.report(.asked(node.name, .observe))
        simulation.after(5...40) {
            guard let cib = cluster.partition(of: node.name)?.cib, node.host.isInCluster else { return refuse(answer) }
            look(withStatus: true, answer) {
                .observed(LiveState(node: node.name, cib: cib, cluster: $0.cluster, peers: $0.peers, time: cluster.time))
            }
        }
    }

    func look(withStatus: Bool, _ answer: @escaping Answer) {
        cluster.report(.asked(node.name, .look))
        look(withStatus: withStatus, answer) { .looked($0) }
    }

    /// The status first, then the announcements: between the two things may move.
    private func look(withStatus: Bool, _ answer: @escaping Answer, _ event: @escaping (Glance) -> Event) {
        simulation.after(5...40) {
            guard let partition = cluster.partition(of: node.name), node.host.isInCluster else { return refuse(answer) }
            let status = withStatus ? cluster.scheduler.status(of: partition, seenBy: node.name) : nil
            if withStatus { node.lastStatus = simulation.now }
            simulation.after(5...20) {
                guard node.host.isInCluster else { return refuse(answer) }
                let glance = Glance(version: nil, cluster: status, peers: node.view)
                ask(1...10, answer) { event(glance) }
            }
        }
    }

    private func refuse(_ answer: @escaping Answer) {
        guard node.life == life else { return }
        ask(10...50, answer) { .failed(.unavailable("the cluster does not run here")) }
    }

    func plan(
        _ target: CommitID, head: Commit, _ live: LiveState, isFresh: Bool, sparing contested: Set<String>, _ answer: @escaping Answer
    ) {
        cluster.report(.asked(node.name, .plan))
        simulation.after(10...200) {
            guard node.life == life, node.host.hasPower else { return }
            let event = cluster.evidence(for: target, head: head, live, isFresh: isFresh, sparing: contested, on: node)
            if case .planned(let evidence) = event { cluster.report(.planned(node.name, evidence)) }
            ask(20...400, answer) { event }
        }
    }

    // MARK: Telling

    func publish(_ announcement: Announcement, _ answer: @escaping Answer) {
        cluster.report(.asked(node.name, .publish))
        let fate = cluster.faults.fate()
        suffer(fate, before: true)
        simulation.after(5...50) {
            guard node.life == life || fate == .killBefore else { return }
            guard fate != .killBefore, let partition = cluster.partition(of: node.name), node.host.isInCluster else { return refuse(answer) }
            var isDelivered = false
            cluster.spread(announcement, of: node.name, in: partition) {
                isDelivered = true
                suffer(fate, before: false)
                ask(1...25, answer) { .published }
            }
            simulation.after(10000) {
                guard !isDelivered else { return }
                refuse(answer)
            }
        }
    }

    /// Dies before, or after, what it does.
    func suffer(_ fate: Fate, before: Bool) {
        switch fate {
        case .killBefore where before, .killAfter where !before: simulation.after(0) { cluster.kill(node.name) }
        case .powerCutBefore where before, .powerCutAfter where !before:
            simulation.after(0) { cluster.cutPower(node.name, for: simulation.random.number(5000...60000)) }
        case .freezeBefore where before, .freezeAfter where !before:
            simulation.after(0) { cluster.freeze(node.name, for: simulation.random.number(5000...120_000)) }
        default: break
        }
    }

    // MARK: Time and words

    func start(_ timer: TimerID, after pause: Duration, _ answer: @escaping Answer) {
        let (seconds, attoseconds) = pause.components
        simulation.after(Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000) + simulation.random.number(0...30)) {
            reply(.timer(timer), answer)
        }
    }

    func tell(_ occurrence: Occurrence) {
        cluster.say("\(node.name): \(occurrence.brief)")
        cluster.report(.told(node.name, occurrence))
        cluster.statistics.count(occurrence)
        if case .concluded(let conclusion) = occurrence, conclusion.result == .converged, let work = conclusion.work {
            node.host.deposits = [(work.commit, Set(work.evidence.plan.hostFiles.map(\.path.text)))]
        }
    }
}
