import ClusterModel
import Diagnostics
import FoundationEssentials
import Host
import Planning
import Records
import Safety
import Synchronization
import TestKit

@testable import Presenting
@testable import Serving

/// A node as the web server asks it, which says what a test has told it to.
final class Node: Gauge {
    private let pushCount = Mutex(0)
    private let lookCount = Mutex(0)
    private let known = Mutex<NodeStatus?>(.example)
    private let commits = Mutex<[HistoryEntry]>([])
    private let taken = Mutex<[LogEntry]>([])
    let plan: PlanDocument?

    init(status: NodeStatus? = .example, history: [HistoryEntry] = [], events: [LogEntry] = [], plan: PlanDocument? = nil) {
        self.plan = plan
        known.withLock { $0 = status }
        commits.withLock { $0 = history }
        taken.withLock { $0 = events }
    }

    var vitals: Vitals { Vitals(nil, Tally(), program: "1.0") }
    var pushes: Int { pushCount.withLock(\.self) }
    /// How often the cluster was looked at.
    var looks: Int { lookCount.withLock(\.self) }

    func pushed() { pushCount.withLock { $0 += 1 } }

    func status() async throws -> NodeStatus {
        lookCount.withLock { $0 += 1 }
        guard let status = known.withLock(\.self) else { throw Finding.error("the daemon has only just started") }
        return status
    }

    func history(limit: Int) async throws -> HistoryDocument { HistoryDocument(Array(commits.withLock(\.self).prefix(limit))) }

    func events(_ filter: LogFilter, limit: Int) async throws -> [LogEntry] { taken.withLock(\.self).filter(filter.wants).suffix(limit) }
}

/// A server of its own for the time of the closure.
func withServer(
    _ node: Node = Node(), _ feed: Feed = Feed(), secret: [UInt8]? = nil, patience: Duration = .seconds(15), heartbeat: Duration = .seconds(15),
    _ body: (ListenAddress) async throws -> Void
) async throws {
    let place = try ListenAddress("127.0.0.1:\(Int.random(in: 20_000..<30_000))")
    let server = WebServer(at: place, node, feed, secret: secret, patience: patience, heartbeat: heartbeat)
    let serving = Task { try await server.run() }
    try await until { try await ask(place, "GET", "/healthz").code == "200" }
    try await body(place)
    serving.cancel()
    _ = await serving.result
}

struct Response {
    let code: String
    let headers: [String: String]
    let text: String
}

/// Another's client, in another's language.
func ask(
    _ place: ListenAddress, _ method: String, _ path: String, _ body: [UInt8] = [], _ headers: [String: String] = [:]
) async throws -> Response {
    let script = """
        import http.client, sys
        c = http.client.HTTPConnection("\(place.host)", \(place.port), timeout=20)
        try:
            c.request(sys.argv[1], sys.argv[2], sys.stdin.buffer.read(), dict(a.split("=", 1) for a in sys.argv[3:]))
            r = c.getresponse()
            sys.stdout.write(str(r.status) + "\\n" + "".join(f"{k.lower()}: {v}\\n" for k, v in r.getheaders()) + "\\n" + r.read().decode())
        except (OSError, http.client.HTTPException) as e:
            sys.stdout.write("none\\n\\n" + repr(e))
        """
    let words = ["-c", script, method, path] + headers.map { "\($0.key)=\($0.value)" }
    let output = try await Command("python3", words, input: body, limit: .seconds(60)).run().orThrow().text
    let halves = output.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
    let lines = halves[0].split(separator: "\n")
    let pairs = lines.dropFirst().compactMap { line in
        line.firstRange(of: ": ").map { (String(line[..<$0.lowerBound]), String(line[$0.upperBound...])) }
    }
    return Response(
        code: String(lines[0]), headers: Dictionary(pairs, uniquingKeysWith: { $1 }), text: halves.count > 1 ? String(halves[1]) : "")
}

extension NodeStatus {
    static let (first, second) = (String(repeating: "4f", count: 20), String(repeating: "3e", count: 20))

    static let example = NodeStatus(
        node: "alpha", program: "1.0", time: "2026-11-30T12:00:00Z", repository: "ssh://git.example.org/ha.git", isRepositoryHeard: true,
        suspension: nil,
        commits: .init(newest: first, subject: "Add xps-103", applied: second, good: second, held: nil),
        work: .init(
            activity: "waiting", commit: first, stage: "commit", steps: ["commit the transaction", "confirm 4f4f4f4f4f"],
            wait: .init(name: "prepared", reason: "bravo has not prepared 4f4f4f4f4f yet", seconds: 14, limit: 600)),
        cluster: .init(
            hasQuorum: true, isIdle: true, inMaintenance: false, dc: "bravo",
            nodes: [
                .init(name: "alpha", state: "online", announcement: "has prepared 4f4f4f4f4f", stage: "prepared", commit: first),
                .init(name: "bravo", state: "online", announcement: "has judged 4f4f4f4f4f", stage: "able", commit: first),
                .init(name: "charlie", state: "offline"),
            ],
            resources: [
                .init(name: "xps-101", role: "Started", nodes: ["alpha"], isWell: true, isManaged: true),
                .init(name: "drbd-xps-101", role: "Promoted", nodes: ["alpha"], isWell: true, isManaged: true),
                .init(name: "drbd-xps-101", role: "Unpromoted", nodes: ["bravo"], isWell: true, isManaged: true),
                .init(name: "xps-102", role: "Started", nodes: ["bravo"], isWell: true, isManaged: false),
                .init(name: "mail-201", role: "Stopped", nodes: [], isWell: false, isManaged: true),
            ],
            failures: ["mail-201: start on bravo returned 'error'"]),
        drbd: [
            .init(
                name: "xps-101", role: "Primary", disks: ["UpToDate"],
                peers: [.init(name: "bravo", connection: "Connected", role: "Secondary", disks: ["UpToDate"])], isWell: true),
            .init(name: "xps-102", role: "Secondary", disks: ["Outdated"], peers: [], isWell: false),
        ],
        holds: [.init(object: "xps-102", holder: "operator", class: "resource-state", path: "is-managed", live: "false", wanted: nil)],
        pendingRestarts: [.init(resource: "xps-101", path: "/cluster/xen/xps-101.cfg", settings: ["maxmem 2048 MiB, not 4096"])],
        last: .init(commit: second, result: "converged", text: ""))
}

extension LogEntry {
    static let examples = [
        LogEntry(
            time: "2026-11-30T11:58:01Z", level: .info, message: "found commit 4f4f4f4f4f \"Add xps-103\"", event: .found, commit: NodeStatus.first),
        LogEntry(time: "2026-11-30T11:58:02Z", level: .info, message: "wrote /etc/drbd.d/xps-103.res", event: .performed, step: "write drbd xps-103"),
        LogEntry(
            time: "2026-11-30T11:58:03Z", level: .warning, message: "waiting: bravo", event: .waiting, commit: NodeStatus.first, wait: "prepared"),
        LogEntry(time: "2026-11-30T11:58:04Z", level: .error, message: "3e3e3e3e3e refused: two\nlines", event: .refused, commit: NodeStatus.second),
    ]
}

extension HistoryEntry {
    static func example(_ id: String, _ subject: String, _ results: (String, CommitResult, String?)...) throws -> HistoryEntry {
        let commit = CommitID(id) ?? .base
        let time = try Date("2026-11-30T11:00:00Z", strategy: .iso8601)
        let records = results.map { node, result, error in
            var record = NoteRecord(result: result, cluster: "tutorial", node: node, commit: commit, started: time, finished: time + 20)
            record.changes = [.init(action: "create", kind: "primitive", name: "xps-103")]
            record.files = [.init(action: "change", kind: "drbd", name: "/etc/drbd.d/xps-103.res")]
            record.steps = ["write drbd xps-103", "commit"]
            record.error = error
            return record
        }
        return HistoryEntry(
            commit: Commit(id: commit, tree: "t", author: "Ada <ada@example.org>", time: 1_796_036_400, message: subject + "\n\nWhy."),
            records: records)
    }
}

extension PlanDocument {
    /// Of a commit that creates, changes and deletes; the cluster has a password.
    static func example() -> PlanDocument? {
        let live = "primitive a Dummy params fake=1\nprimitive st stonith:null params hostlist=x passwd=\"\(secret)\"\nproperty stonith-enabled=false"
        let wanted = "primitive a Dummy params fake=2\nprimitive b Dummy\nprimitive st stonith:null params hostlist=y passwd=\"\(secret)\""
        guard let plan = try? Scene(base: live, desired: wanted, live: live).plan() else { return nil }
        return PlanDocument(Evidence(of: plan, commit: nil), previews: [:])
    }

    static let secret = "hunter2-and-more"
}
