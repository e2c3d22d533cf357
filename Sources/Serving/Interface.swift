internal import Diagnostics
internal import FoundationEssentials
internal import Presenting
internal import Records

/// What programs read, as JSON; errors too. Nothing here changes anything.
struct Interface: Sendable {
    private let gauge: any Gauge
    private let stream: EventStream
    private let statuses: Shared<String, String>
    private let histories: Shared<Int, String>
    private let events: Shared<Excerpt, String>

    private struct Excerpt: Hashable, Sendable {
        let filter: LogFilter
        let limit: Int
    }

    /// What an answer with events looks like.
    private struct EventsDocument: Encodable {
        let version = 1
        let events: [LogEntry]
    }

    init(_ gauge: any Gauge, _ stream: EventStream) {
        self.gauge = gauge
        self.stream = stream
        // The cluster's tools, the notes of many commits, a file of a megabyte: however many ask, that is done once in a while.
        statuses = Shared(lasting: .seconds(2)) { _ in try await gauge.status().json }
        histories = Shared(lasting: .seconds(5)) { try await gauge.history(limit: $0).json }
        events = Shared(lasting: .seconds(1)) {
            JSON.text(EventsDocument(events: try await gauge.events($0.filter, limit: $0.limit)))
        }
    }

    func reply(to request: Request, _ route: Route) async -> Reply {
        let query: Query
        do {
            query = try Query(request.query, knowing: route.parameters)
        } catch {
            return Self.reply(.malformed, Answer(answer: error.description))
        }
        do {
            return try await reply(to: request, route, query)
        } catch let refusal as Refusal {
            return Self.reply(refusal.code, Answer(answer: refusal.finding.description))
        } catch {
            return Self.reply(.unavailable, Answer(answer: "\(error)"))
        }
    }

    private struct Refusal: Error {
        let code: Reply.Code
        let finding: Finding
    }

    private func reply(to request: Request, _ route: Route, _ query: Query) async throws -> Reply {
        switch route {
        case .status: return Self.json(try await statuses.value(""))
        case .history: return Self.json(try await histories.value(try Self.checked { try query.number("limit", from: 1...200, orElse: 30) }))
        case .events:
            let excerpt = try Self.checked {
                Excerpt(
                    filter: try LogFilter(since: query["since"], commit: query["commit"], before: Date()),
                    limit: try query.number("limit", from: 1...5000, orElse: 500))
            }
            return Self.json(try await events.value(excerpt))
        case .plan:
            guard let plan = gauge.plan else { return Self.reply(.notFound, Answer(answer: "no commit is in hand")) }
            return Self.json(plan.json)
        case .document: return Self.json(Pages.interface)
        case .stream:
            let recent = try Self.checked { try query.number("recent", from: 0...Feed.kept, orElse: 0) }
            guard let reply = stream.reply(to: request, recent: recent) else {
                return Self.reply(.unavailable, Answer(answer: "too many listen already")).with("Retry-After", "10")
            }
            return reply
        case .page, .health, .readiness, .metrics, .hook: return Self.reply(.notFound, Answer(answer: "no such thing"))
        }
    }

    /// What is wrong with the question itself is said so.
    private static func checked<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let finding as Finding { throw Refusal(code: .malformed, finding: finding) }
    }

    private static func json(_ text: String) -> Reply { Reply(.ok, text + "\n", type: "application/json") }

    private static func reply(_ code: Reply.Code, _ body: some Encodable) -> Reply { Reply(code, JSON.text(body), type: "application/json") }
}
