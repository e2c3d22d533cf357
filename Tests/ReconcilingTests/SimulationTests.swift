import ClusterModel
import Reconciling
import Records
import TestKit
import Testing

/// A world of chance around the reconciler: commits come, stages end in every way, wake-ups arrive at any time.
private struct World {
    var random: Seeded
    var reconciler = Reconciler()
    /// The stage that the shell is performing: the reconciler may ask for one at a time.
    var performing: Stage?
    var work = Reconciler.Work(isLeader: true)
    var performed: [Stage] = []
    var concluded: [(commit: CommitID, result: CommitResult)] = []
    var isWaiting = false
    private var newest = CommitID.made(of: "0")

    init(seed: UInt64) { random = Seeded(seed) }

    mutating func push() { newest = .made(of: random.pick(Array("0123456789abcdef"))) }

    mutating func tell(_ event: Reconciler.Event) {
        for directive in reconciler.on(event) {
            switch directive {
            case .perform(let stage):
                #expect(performing == nil, "two stages at once")
                performing = stage
                performed.append(stage)
            case .conclude(let commit, let result, _): concluded.append((commit, result))
            case .wait: isWaiting = true
            }
        }
        #expect(performing == reconciler.stage)
    }

    /// The stage under way ends somehow.
    mutating func end(_ outcome: Outcome? = nil) {
        guard let stage = performing else { return }
        performing = nil
        if outcome == nil, stage == .fetch, !random.chance(5) { return tell(.found(newest)) }
        if outcome == nil, stage == .plan, !random.chance(5) { return tell(.planned(work)) }
        tell(.ended(stage, outcome ?? randomOutcome(stage)))
    }

    private mutating func randomOutcome(_ stage: Stage) -> Outcome {
        switch random.number(0...7) {
        case 0: .waiting("w")
        case 1: .moved("m")
        case 2: .refused("r")
        case 3: .failed("f")
        case 4: .invalid("i")
        default: stage == .fetch || stage == .plan ? .failed("f") : .done
        }
    }

    mutating func randomWork() {
        work = Reconciler.Work(
            isLeader: random.chance(2), concernsHosts: random.chance(2), writesFiles: random.chance(2),
            removesFiles: random.chance(2), stopsResources: random.chance(2), needsTransaction: random.chance(2))
    }

    /// Everything goes well from here on.
    mutating func settle() -> Int {
        var steps = 0
        while performing != nil, steps < 100 {
            steps += 1
            succeed()
        }
        return steps
    }

    /// The stage under way ends well.
    mutating func succeed() {
        guard let stage = performing else { return }
        performing = nil
        switch stage {
        case .fetch: tell(.found(newest))
        case .plan: tell(.planned(work))
        default: tell(.ended(stage, .done))
        }
    }
}

struct SimulationTests {
    @Test("whatever happens: one stage at a time, in order, and only the leader stops and commits", arguments: 0..<50 as Range<UInt64>)
    func oneStageAtATime(_ seed: UInt64) {
        var world = World(seed: seed)
        for _ in 0..<400 {
            let before = world.performed.count
            switch world.random.number(0...5) {
            case 0: world.push()
            case 1: world.tell(.wake(world.random.pick([.interval, .world, .retry])))
            default:
                if world.performing == .plan { world.randomWork() }
                world.end()
            }
            for stage in world.performed.dropFirst(before) {
                if [.gather, .stop, .commit, .verify].contains(stage) { #expect(world.work.isLeader) }
                if [.stop, .commit].contains(stage), stage == .commit { #expect(world.work.needsTransaction) }
                if stage == .follow { #expect(!world.work.isLeader) }
            }
        }
    }

    @Test("every round comes to rest", arguments: 0..<50 as Range<UInt64>)
    func rests(_ seed: UInt64) {
        var world = World(seed: seed)
        for _ in 0..<20 {
            world.push()
            world.randomWork()
            world.tell(.wake(.interval))
            var steps = 0
            while world.performing != nil, steps < 200 {
                world.end()
                steps += 1
            }
            #expect(steps < 200)
            #expect(world.reconciler.stage == nil)
        }
    }

    @Test("after any trouble the next wake-up brings the newest commit to its end", arguments: 0..<50 as Range<UInt64>)
    func recovers(_ seed: UInt64) {
        var world = World(seed: seed)
        world.push()
        world.tell(.wake(.interval))
        for _ in 0..<world.random.number(1...30) { world.end() }
        while world.performing != nil { world.end(.failed("the power")) }
        let last = world.concluded.last?.1
        world.concluded = []
        world.tell(.wake(.interval))
        _ = world.settle()
        if last != .refused, last != .invalid, last != .converged {
            #expect(world.concluded.last?.1 == .converged)
        }
    }

    @Test(
        "a failure or a wait is taken up again at the next wake-up of any kind",
        arguments: [Outcome.failed("f"), .waiting("w")], [Reconciler.Trigger.interval, .world, .retry])
    func takenUpAgain(_ outcome: Outcome, _ trigger: Reconciler.Trigger) {
        var world = World(seed: 1)
        world.work.needsTransaction = true
        world.tell(.wake(.interval))
        while world.performing != .commit { world.succeed() }
        world.end(outcome)
        #expect(world.performing == nil)
        world.tell(.wake(trigger))
        #expect(world.performing != nil)
        _ = world.settle()
        #expect(world.concluded.last?.1 == .converged)
    }

    @Test("a wait asks to be woken; a refusal rests until something moves")
    func rest() {
        var world = World(seed: 2)
        world.tell(.wake(.interval))
        world.succeed()
        world.end(.waiting("quorum"))
        #expect(world.isWaiting)
        world.tell(.wake(.retry))
        world.end(.refused("mass delete"))
        #expect(world.concluded.map(\.1) == [.refused])
        world.tell(.wake(.interval))
        world.succeed()
        #expect(world.performing == nil)
        world.tell(.wake(.world))
        world.succeed()
        #expect(world.performing == .plan)
    }

    @Test("a configuration that never stands still is given up after five plans")
    func replans() {
        var world = World(seed: 3)
        world.work.needsTransaction = true
        world.tell(.wake(.interval))
        var steps = 0
        while world.performing != nil, steps < 100 {
            steps += 1
            if world.performing == .commit { world.end(.moved("someone")) } else { world.succeed() }
        }
        #expect(world.performed.count { $0 == .plan } == 6)
        #expect(world.concluded.map(\.1) == [.failed])
    }

    @Test("news of stages that are over is passed over")
    func stale() {
        var reconciler = Reconciler()
        #expect(reconciler.on(.ended(.commit, .done)) == [])
        #expect(reconciler.on(.planned(.init(isLeader: true, needsTransaction: true))) == [])
        #expect(reconciler.on(.found(.made(of: "1"))) == [])
        #expect(reconciler.on(.wake(.interval)) == [.perform(.fetch)])
        #expect(reconciler.on(.wake(.world)) == [])
        #expect(reconciler.on(.planned(.init(isLeader: true, needsTransaction: true))) == [])
        #expect(reconciler.on(.found(.made(of: "1"))) == [.perform(.plan)])
        #expect(reconciler.on(.found(.made(of: "2"))) == [])
    }

    @Test("a newer commit supersedes one that has not come to its end")
    func supersedes() {
        var reconciler = Reconciler()
        _ = reconciler.on(.wake(.interval))
        _ = reconciler.on(.found(.made(of: "1")))
        #expect(reconciler.on(.ended(.plan, .waiting("w"))) == [.wait("w")])
        _ = reconciler.on(.wake(.interval))
        let directives = reconciler.on(.found(.made(of: "2")))
        #expect(directives == [.conclude(.made(of: "1"), .superseded, "by 2222222222"), .perform(.plan)])
    }

    @Test("the leader goes through all stages, a follower through its own, the idle through none")
    func stages() {
        func stages(_ work: Reconciler.Work) -> [Stage] {
            var world = World(seed: 4)
            world.work = work
            world.tell(.wake(.interval))
            _ = world.settle()
            return world.performed
        }
        let all = Reconciler.Work(
            isLeader: true, concernsHosts: true, writesFiles: true, removesFiles: true, stopsResources: true, needsTransaction: true)
        #expect(stages(all) == [.fetch, .plan, .prepare, .gather, .stop, .commit, .verify, .retire])
        var follower = all
        follower.isLeader = false
        #expect(stages(follower) == [.fetch, .plan, .prepare, .follow, .retire])
        #expect(stages(.init(isLeader: true)) == [.fetch, .plan])
        #expect(stages(.init(isLeader: true, needsTransaction: true)) == [.fetch, .plan, .commit, .verify])
    }
}
