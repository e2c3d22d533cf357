internal import Diagnostics
public import Presenting

/// Who is told of what: one entry of `notify:` in a node's own configuration.
public struct NotificationRule: Hashable, Sendable {
    public enum Target: Hashable, Sendable {
        /// An absolute path, and arguments. The event is what it reads from its standard input.
        case command([String])
        /// The event is POSTed there; signed, where a secret is named.
        case webhook(url: String, secret: String?)
        /// The state of a commit, as a code host shows it beside the commit.
        case status(CodeHost, url: String, token: String)
    }

    public let target: Target
    public let events: Set<Occasion>

    /// - Parameter events: nil is what a person wants to hear of as a rule: how commits end, and what nobody puts right by itself.
    public init(_ target: Target, events: Set<Occasion>? = nil) {
        self.target = target
        let usual = if case .status = target { Self.states } else { Self.news }
        self.events = events ?? usual
    }

    private static let news: Set<Occasion> = [.converged, .refused, .failed, .rolledBack, .unhealthy, .held, .stranded]
    private static let states: Set<Occasion> = [
        .planned, .delayed, .converged, .superseded, .refused, .failed, .rolledBack, .unhealthy, .proposal,
    ]

    public func wants(_ entry: LogEntry) -> Bool { entry.event.flatMap(Occasion.init).map(events.contains) ?? false }

    /// For people; what stands behind the host may be a secret of its own, as chats have it.
    public var name: String {
        switch target {
        case .command(let words): words.first ?? ""
        case .webhook(let url, _): Self.host(url)
        case .status(let host, let url, _): "\(host.rawValue) at \(Self.host(url))"
        }
    }

    /// The node's secret that it needs.
    public var secret: String? {
        switch target {
        case .command: nil
        case .webhook(_, let secret): secret
        case .status(_, _, let token): token
        }
    }

    /// Whether a secret goes over the network for all to read. A signature does not show it.
    public var showsSecret: Bool {
        guard case .status(_, let url, _) = target else { return false }
        return url.hasPrefix("http://") && !["127.0.0.1", "[::1]", "localhost"].contains { url.hasPrefix("http://\($0)") }
    }

    private static func host(_ url: String) -> String { String(url.split(separator: "/", maxSplits: 2).dropFirst().first ?? "").terminalSafe }
}
