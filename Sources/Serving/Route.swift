/// What may be asked for over HTTP, and how.
enum Route: String, CaseIterable, Sendable {
    case page = "/"
    case health = "/healthz"
    case readiness = "/readyz"
    case metrics = "/metrics"
    case hook = "/hooks/git"
    case stream = "/events"
    case status = "/api/v1/status"
    case history = "/api/v1/history"
    case events = "/api/v1/events"
    case plan = "/api/v1/plan"
    case document = "/api/v1/openapi.json"

    var methods: [String] { self == .hook ? ["POST"] : ["GET", "HEAD"] }

    /// What may stand behind the `?`.
    var parameters: Set<String> {
        switch self {
        case .stream: ["recent"]
        case .history: ["limit"]
        case .events: ["since", "commit", "limit"]
        default: []
        }
    }
}
