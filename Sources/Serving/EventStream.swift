internal import Presenting

/// Server-sent events: an "id" and a "data" line, and an empty one behind each message (HTML, 9.2).
struct EventStream {
    private let feed: Feed
    private let heartbeat: Duration

    /// - Parameter heartbeat: after so long without news a comment is sent: proxies close what is silent, and who is gone is noticed.
    init(_ feed: Feed, heartbeat: Duration = .seconds(15)) {
        self.feed = feed
        self.heartbeat = heartbeat
    }

    /// - Returns: nil where too many listen already.
    func reply(to request: Request, recent: Int) -> Reply? {
        if request.method == "HEAD" { return Reply(pieces: AsyncStream { $0.finish() }, type: Self.type) }
        guard let subscription = feed.subscribe(after: request.header("Last-Event-ID"), recent: recent) else { return nil }
        return Reply(pieces: pieces(of: subscription), type: Self.type).with("X-Accel-Buffering", "no")
    }

    private static let type = "text/event-stream; charset=utf-8"

    /// Ends when the client is gone, and nobody fetches pieces any more; or when it is too far behind.
    private func pieces(of subscription: Feed.Subscription) -> AsyncStream<[UInt8]> {
        AsyncStream(bufferingPolicy: .bufferingOldest(Self.longestQueue)) { pieces in
            pieces.yield(Array("retry: 3000\n\n".utf8) + subscription.missed.flatMap(Self.message))
            let beating = Task.detached { [heartbeat] in
                while true {
                    try await Task.sleep(for: heartbeat)
                    pieces.yield(Array(":\n\n".utf8))
                }
            }
            let telling = Task.detached {
                for await item in subscription.items {
                    if case .dropped = pieces.yield(Self.message(item)) { break }
                }
                pieces.finish()
            }
            pieces.onTermination = { [feed] _ in
                beating.cancel()
                telling.cancel()
                feed.end(subscription)
            }
        }
    }

    /// Pieces that a client may be behind.
    private static let longestQueue = 256

    /// JSON on one line holds no line break.
    static func message(_ item: Feed.Item) -> [UInt8] {
        Array("id: \(item.id)\ndata: \(item.entry.json)\n\n".utf8)
    }
}
