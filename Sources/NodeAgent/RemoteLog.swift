public import Diagnostics
internal import FoundationEssentials
internal import Host
public import Presenting
internal import Synchronization

/// The log of another node, which its own `coxswain log` reads out over ssh: hosts of domUs that migrate know each other so already (xl(1), migrate:
/// "Use <sshcommand> instead of ssh").
public struct RemoteLog: Sendable {
    private let node: String
    private let since: String?
    private let commit: String?
    private let lines: Int?

    /// - Parameters:
    ///   - since: ISO 8601.
    ///   - commit: digits of its id.
    public init(of node: String, since: String?, commit: String?, lines: Int?) {
        self.node = node
        self.since = since
        self.commit = commit
        self.lines = lines
    }

    /// What is known there, oldest first.
    /// - Throws: why the node can't be asked.
    public func entries() async throws(Finding) -> [LogEntry] {
        let taken = Mutex<[LogEntry]>([])
        try await read(since: since, lines: lines, isFollowing: false) { entries in taken.withLock { $0 += entries } }
        return taken.withLock(\.self)
    }

    /// Hands on what is known there, and what happens from now on, until the task is cancelled. A node that goes away is asked again.
    /// - Parameter complain: is told once why a node can't be asked.
    public func follow(_ take: @escaping @Sendable ([LogEntry]) -> Void, complain: @Sendable (Finding) -> Void) async {
        let last = Mutex<String?>(nil)
        var said: String?
        while !Task.isCancelled {
            let known = last.withLock(\.self)
            do {
                try await read(since: known ?? since, lines: known == nil ? lines : nil, isFollowing: true) { entries in
                    let news = entries.filter { entry in known.map { entry.time > $0 } ?? true }
                    if let time = news.last?.time { last.withLock { $0 = time } }
                    take(news)
                }
                said = nil
            } catch {
                if !Task.isCancelled, error.message != said { complain(error) }
                said = error.message
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    private static let pause = Duration.seconds(5)

    private func read(
        since: String?, lines: Int?, isFollowing: Bool, _ take: @escaping @Sendable ([LogEntry]) -> Void
    ) async throws(Finding) {
        let rest = Mutex<[UInt8]>([])
        let output: Output
        do {
            output = try await command(since, lines, isFollowing).run { bytes in
                let entries = rest.withLock { rest in
                    rest += bytes
                    guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [LogEntry]() }
                    defer { rest.removeFirst(end + 1) }
                    return Diary.entries(in: Array(rest[...end]))
                }
                take(entries.map { $0.happening(on: node) })
            }
        } catch {
            throw refusal("\(error)")
        }
        guard !output.succeeded else { return }
        throw refusal(output.lastLines(1).isEmpty ? "\(output.status)" : output.lastLines(1))
    }

    /// A shell reads the words there: they are digits, and what a time in ISO 8601 is made of.
    private func command(_ since: String?, _ lines: Int?, _ isFollowing: Bool) -> Command {
        var words = ["coxswain", "log", "--this-node", "--output", "json"]
        if let since { words += ["--since", since] }
        if let commit { words += ["--commit", commit] }
        if let lines { words += ["--lines", "\(lines)"] }
        if isFollowing { words.append("--follow") }
        let options = ["BatchMode=yes", "ConnectTimeout=10", "ServerAliveInterval=5", "ServerAliveCountMax=2"]
        return Command(
            "ssh", options.flatMap { ["-o", $0] } + ["--", node] + words, limit: isFollowing ? .seconds(365 * 86_400) : .seconds(60))
    }

    private func refusal(_ words: String) -> Finding {
        .error("the log of \(node) can't be read: \(words)", remedy: "ssh \(node) coxswain log has to work without a question")
    }
}
