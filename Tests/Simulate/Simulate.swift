import Glibc
import SimulatedCluster

/// deploy/simulate: histories of a simulated cluster, one for each seed.
@main
struct Simulate {
    static func main() {
        let isWild = CommandLine.arguments.contains("--wild")
        let words = CommandLine.arguments.dropFirst().filter { $0 != "--wild" }
        if words.first == "--replay", let seed = words.dropFirst().first.flatMap({ UInt64($0) }) {
            let spared = Set((words.dropFirst(2).first ?? "").split(separator: ",").compactMap { Int($0) })
            replay(History(seed, Library(), sparing: spared, isWild: isWild))
        } else if let number = Int(words.first ?? "1000"), let seed = UInt64(words.dropFirst().first ?? "1"), number > 0 {
            live(through: seed..<seed + UInt64(number), isWild)
        } else {
            print("usage: simulate [NUMBER [SEED]] | --replay SEED [SPARED,...], --wild with either")
            exit(64)
        }
    }

    private static func live(through seeds: Range<UInt64>, _ isWild: Bool) {
        let library = Library()
        var counts: [String: Int] = [:]
        let clock = ContinuousClock()
        let start = clock.now
        for seed in seeds {
            let outcome = History(seed, library, isWild: isWild).run()
            guard let violation = outcome.violation else {
                counts.merge(outcome.counts, uniquingKeysWith: +)
                continue
            }
            explain(violation, History(seed, library, isWild: isWild))
            print("\(seed - seeds.lowerBound) passed, 1 failed")
            exit(1)
        }
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) { print("\(count)\t\(name)") }
        let (seconds, attoseconds) = (clock.now - start).components
        let milliseconds = max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
        let perSecond = seeds.count * 1000 / milliseconds
        print("\(seeds.count) histories, \(perSecond) a second, \(Int(Glibc.clock()) / Int(CLOCKS_PER_SEC)) s of CPU")
        print("\(seeds.count) passed, 0 failed")
    }

    private static func explain(_ violation: String, _ history: History) {
        print("seed \(history.seed): \(violation)")
        let shrunk = history.shrunk()
        let spared = shrunk.sparing.sorted().map(String.init).joined(separator: ",")
        let outcome = shrunk.run(tracing: true)
        print(outcome.trace.filter { !$0.contains("<- timer") }.suffix(60).joined(separator: "\n"))
        print("with less in it: \(outcome.violation ?? "nothing")")
        print("the whole of it: deploy/simulate --replay \(history.seed)\(spared.isEmpty ? "" : " \(spared)")")
    }

    private static func replay(_ history: History) {
        let outcome = history.run(tracing: true)
        print(outcome.trace.joined(separator: "\n"))
        print(outcome.violation ?? "nothing is wrong")
        exit(outcome.violation == nil ? 0 : 1)
    }
}
