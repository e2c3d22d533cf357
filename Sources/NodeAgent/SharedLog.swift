internal import Diagnostics
internal import FoundationEssentials
internal import Host
internal import Presenting
internal import Synchronization

/// The daemons of a cluster tell one another what happens on each, while they run: it is in every node's diary, and on every node's page.
///
/// What was said while a daemon was away it does not hear of; the other's own diary has it.
final class SharedLog: Sendable {
    private let node: String
    private let log: EventLog
    private let group = Mutex<ProcessGroup?>(nil)

    private static let name = "coxswain-log"
    /// A line of a log is a few hundred bytes, one with a tool's words some thousands.
    private static let longest = 64 << 10

    init(of node: String, _ log: EventLog) {
        self.node = node
        self.log = log
    }

    /// Tells, and listens, until the task is cancelled. Corosync may come later than this process, and be started anew.
    func run() async {
        log.tell { [weak self] entry in self?.tell(entry) }
        defer { withExtendedLifetime(self) {} }  // the log does not keep it
        var pause = Duration.seconds(1)
        while !Task.isCancelled {
            let (ended, end) = AsyncStream<Void>.makeStream()
            do throws(Finding) {
                let group = try ProcessGroup(Self.name, hear: { self.hear($0) }, end: { end.finish() })
                self.group.withLock { $0 = group }
                pause = .seconds(1)
                for await _ in ended {}
            } catch {
                log.sayOnce(about: "shared log", "what happens on other nodes is not heard of here: \(error.message)", .warning)
            }
            group.withLock { $0 = nil }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(60))
        }
    }

    private func tell(_ entry: LogEntry) {
        guard entry.node == node, let group = group.withLock(\.self) else { return }
        let bytes = Array(entry.json.utf8)
        if bytes.count <= Self.longest { group.say(bytes) }
    }

    /// What stands there is another node's word: it is taken down, and nobody acts on it.
    private func hear(_ bytes: [UInt8]) {
        guard bytes.count <= Self.longest, let entry = Diary.entries(in: bytes).first, let other = entry.node, other != node else { return }
        log.take(entry)
    }
}
