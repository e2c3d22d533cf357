import CIB
import ClusterModel
import Diagnostics
import GitStore
import Glibc
import LiveState
import NodeAgent
import Observing
import Planning
import Safety

/// What deploy/bench measures: the same plan several times over, as the daemon makes it; and as often what can't be spared, reading the CIB.
///
///     replanning plan TIMES REPOSITORY REVISION CIB STATE-DIRECTORY [ROOT]
///     replanning cib TIMES CIB
@main
struct Replanning {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments[1...])
        switch (arguments.first, arguments.count) {
        case ("cib", 3): for _ in 0..<(Int(arguments[1]) ?? 0) { _ = try await CIBSource.file(arguments[2]).read() }
        case ("plan", 6), ("plan", 7): try await plan(times: Int(arguments[1]) ?? 0, Array(arguments.dropFirst(2)))
        default:
            print("usage: replanning plan TIMES REPOSITORY REVISION CIB STATE-DIRECTORY [ROOT], or replanning cib TIMES CIB")
            exit(64)
        }
    }

    private static func plan(times: Int, _ arguments: [String]) async throws {
        var settings = Settings(repository: arguments[0], stateDirectory: arguments[3])
        (settings.revision, settings.cib) = (arguments[1], .file(arguments[2]))
        if arguments.count > 4 { settings.root = arguments[4] }
        let mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
        let commit = try await mirror.resolve(settings.revision)
        let reader = EvidenceReader(settings, mirror: mirror, isRepeating: true)
        for _ in 0..<times {
            let live = try await reader.observe(as: NodeName("host1"), depth: .quick)
            let reading = try await reader.desired.read(commit)
            let evidence = try await reader.evidence(for: reading, head: commit, live, isFresh: true, depth: .quick, leadsAlone: true)
            precondition(evidence.plan.isEmpty, "there is nothing to do")
        }
    }
}
