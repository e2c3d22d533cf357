internal import ClusterModel
internal import Reconciling
internal import Records
internal import TestKit

/// One history of a cluster: all of it comes from the seed.
public struct History {
    public let seed: UInt64
    /// Numbers of disturbances and of fates that are left out.
    public var sparing: Set<Int>
    /// Whether it is disturbed in rarer ways too, and commits are bad in more.
    private let isWild: Bool
    private let library: Library

    /// How long it is disturbed, and how long it has to come to rest, in milliseconds.
    private static let disturbed = 30_000...90_000
    private static let patience = 1_800_000
    private static let quiet = 150_000

    public init(_ seed: UInt64, _ library: Library, sparing: Set<Int> = [], isWild: Bool = false) {
        self.seed = seed
        self.library = library
        self.isWild = isWild
        self.sparing = sparing
    }

    public struct Outcome {
        /// What was wrong; nil when all was well.
        public let violation: String?
        public let trace: [String]
        public let counts: [String: Int]
        /// The numbers of all that went wrong from outside.
        public let numbers: [Int]
    }

    public func run(tracing: Bool = false) -> Outcome {
        var random = Seeded(seed)
        let cluster = makeCluster(&random, tracing)
        cluster.isWild = isWild
        let isConfigured = !random.chance(8)
        var spare: [String: [DiskContent]] = [:]
        for (index, disk) in Host.disks.enumerated() { spare[disk] = DiskContent.spare(&cluster.chance, lineage: index + 1) }
        cluster.begin(isConfigured: isConfigured, spare: spare)
        let numbers = disturb(cluster, &random)
        settle(cluster, &random)
        let stuck = cluster.watchdog.violation == nil ? waitForRest(cluster) : nil
        if let stuck { cluster.say("VIOLATION \(stuck)") }
        cluster.report(.end)
        for (fate, count) in cluster.faults.counts { cluster.statistics.count("fate: \(fate)", count) }
        let outcome = Outcome(
            violation: cluster.watchdog.violation ?? stuck, trace: cluster.trace.lines, counts: cluster.statistics.counts,
            numbers: numbers + cluster.faults.numbers.map { $0 + Self.fates })
        cluster.dissolve()
        return outcome
    }

    /// From here on numbers are those of fates.
    private static let fates = 1000

    private func makeCluster(_ random: inout Seeded, _ tracing: Bool) -> Cluster {
        let names: [NodeName] = random.chance(3) ? ["alpha", "bravo", "charlie"] : ["alpha", "bravo"]
        var contents = Contents()
        if random.chance(2) { contents.database = .plain }
        if random.chance(2) { contents.volumes = .plain }
        var apart = Seeded(seed &* 0x5851_F42D_4C95_7F2D)  // other histories stay as they were
        if apart.chance(5) { contents.storage = apart.pick([.shared, .shared, .announced]) }
        if contents.storage == .announced { (contents.web, contents.database) = (.absent, .absent) }
        var pace = Pace()
        pace.fetch = .seconds(random.pick([10, 30, 60]))
        if isWild, apart.chance(4) { pace.patience = .seconds(100) }
        let faults = Faults(
            seed: random.next(), rarity: random.pick([0, 8, 15, 30, 60]), sparing: Set(sparing.filter { $0 >= Self.fates }.map { $0 - Self.fates }))
        return Cluster(
            names, isTwoNode: random.chance(2), contents, seed: random.next(), library: library, faults: faults, trace: Trace(isOn: tracing),
            pace: pace)
    }

    /// Lets things happen, now and then several at once.
    private func disturb(_ cluster: Cluster, _ random: inout Seeded) -> [Int] {
        let end = random.number(Self.disturbed)
        let rarities = arrangeRarities(cluster, until: end)
        let favourites =
            (0..<random.number(1...6)).map { _ in random.pick(Disturbance.allCases) } + [.push, .push]
            + (cluster.shared == nil ? [] : [.push, .stopResource, .stopResource])
        var moment = random.number(1000...10000)
        var numbers: [Int] = []
        var number = 0
        while moment < end {
            run(cluster, until: moment)
            var choice = Seeded(random.next())
            let disturbance = random.chance(4) ? random.pick(Disturbance.allCases) : random.pick(favourites)
            if !sparing.contains(number), cluster.watchdog.violation == nil {
                numbers.append(number)
                cluster.statistics.count("disturbed: \(disturbance)")
                cluster.disturb(disturbance, &choice)
            }
            number += 1
            moment += random.chance(4) ? random.number(1...400) : random.number(500...20000)
        }
        return numbers + rarities
    }

    /// What happens seldom is drawn apart: other histories stay as they were.
    private func arrangeRarities(_ cluster: Cluster, until end: Int) -> [Int] {
        var random = Seeded(seed &* 0x9E37_79B9_7F4A_7C15)
        guard isWild, random.chance(4) else { return [] }
        var numbers: [Int] = []
        for number in Self.rarities..<Self.rarities + random.number(1...3) {
            let (moment, rarity) = (random.number(1000...end), random.pick(Rarity.allCases))
            var choice = Seeded(random.next())
            guard !sparing.contains(number) else { continue }
            numbers.append(number)
            cluster.simulation.after(moment) {
                guard cluster.watchdog.violation == nil, cluster.faults.isOn else { return }
                cluster.statistics.count("disturbed: \(rarity)")
                cluster.disturb(rarity, &choice)
            }
        }
        return numbers
    }

    /// From here on numbers are those of rare things.
    private static let rarities = 500

    private func run(_ cluster: Cluster, until end: Int) {
        while cluster.watchdog.violation == nil, cluster.simulation.step(until: end) {}
    }

    /// Whatever is broken is mended, and mostly a commit comes that nothing speaks against.
    private func settle(_ cluster: Cluster, _ random: inout Seeded) {
        run(cluster, until: cluster.simulation.now + random.number(1000...40_000))
        cluster.faults.isOn = false
        cluster.mend()
        if !random.chance(3) {
            var contents = cluster.git.contents(cluster.git.head) ?? Contents()
            contents = contents.mended
            if contents.volumes == .plain { contents.volumes = .larger }  // some host may have them so
            if [.renamed, .moved].contains(contents.web) { contents.web = .plain }
            let words = cluster.partitions.first?.record.applied.map { "\n\nAllow-Rewind: \($0.hex)" } ?? ""
            cluster.push(contents, "the last one" + words)
        }
        cluster.report(.calm)
    }

    /// - Returns: why it does not come to rest, or not where it belongs.
    private func waitForRest(_ cluster: Cluster) -> String? {
        let end = cluster.simulation.now + Self.patience
        var (effects, last) = (cluster.effects, cluster.simulation.now)
        while cluster.simulation.now < end {
            run(cluster, until: cluster.simulation.now + 10000)
            guard cluster.watchdog.violation == nil else { return nil }
            if !cluster.isAtRest || cluster.effects != effects { (effects, last) = (cluster.effects, cluster.simulation.now) }
            guard cluster.simulation.now - last >= Self.quiet else { continue }
            let fault = cluster.isWhereItBelongs
            guard fault != nil, cluster.heedAdvice() else { return fault }
            cluster.statistics.count("ended: with a person's help")
            last = cluster.simulation.now
        }
        return "it does not come to rest: " + cluster.whatItWaitsFor
    }

    /// The same history with as little in it as still shows the same fault.
    public func shrunk() -> History {
        guard let fault = run().violation else { return self }
        let kind = fault.prefix { $0 != ":" }
        var smallest = self
        for number in run().numbers.reversed() {
            var candidate = smallest
            candidate.sparing.insert(number)
            if candidate.run().violation?.prefix(while: { $0 != ":" }) == kind { smallest = candidate }
        }
        return smallest
    }
}
