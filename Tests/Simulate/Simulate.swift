import SimulatedCluster

/// deploy/simulate: histories of a simulated cluster, one for each seed.
@main
struct Simulate {
    static func main() {
        var arguments = CommandLine.arguments.dropFirst()
        let isReplay = arguments.first == "--replay"
        if isReplay { arguments = arguments.dropFirst() }
        let number = arguments.first.flatMap { Int($0) } ?? 1000
        let seed = arguments.dropFirst().first.flatMap { UInt64($0) } ?? 1
        let library = Library()
        if isReplay {
            let outcome = History(UInt64(number), library).run(tracing: true)
            print(outcome.trace.joined(separator: "\n"))
            print(outcome.violation ?? "all is well")
            return
        }
        var counts: [String: Int] = [:]
        for seed in seed..<seed + UInt64(number) {
            let outcome = History(seed, library).run()
            counts.merge(outcome.counts, uniquingKeysWith: +)
            if let violation = outcome.violation { print("seed \(seed): \(violation)") }
        }
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) { print("\(count)\t\(name)") }
    }
}
