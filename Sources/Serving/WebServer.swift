internal import Diagnostics
internal import FoundationEssentials
internal import Glibc
internal import NIOCore
public import Presenting
internal import Records

/// Who knows how a node and its cluster do, and hears of a push.
public protocol Gauge: Sendable {
    /// Without asking anybody: nothing is started for it.
    var vitals: Vitals { get }
    /// The plan of the commit in hand; nil where there is none.
    var plan: PlanDocument? { get }
    /// - Throws: where the cluster can't be asked at all.
    func status() async throws -> NodeStatus
    /// The newest commits with what became of them, as far as this node knows.
    func history(limit: Int) async throws -> HistoryDocument
    /// The last of what this node has taken down, oldest first.
    func events(_ filter: LogFilter, limit: Int) async throws -> [LogEntry]
    /// A git server says that somebody has pushed.
    func pushed()
}

/// Answers programs and browsers: those that watch over the node, and the git server that has something new. `Route` lists what there is,
/// deploy/schemas/openapi.json describes it.
public struct WebServer: Sendable {
    let gauge: any Gauge
    let interface: Interface
    private let place: ListenAddress
    private let signature: HookSignature?
    private let security = SecurityHeaders(page: Pages.status)
    private let patience: Duration
    private let names: HostNames

    /// GitHub's documentation on webhooks: "Payloads are capped at 25 MB."
    private static let largestBody = 25 << 20

    /// - Parameters:
    ///   - secret: of the webhook; nil: there is none, and no push is taken.
    ///   - names: by which it may be asked.
    public init(at place: ListenAddress, _ gauge: any Gauge, _ feed: Feed, secret: [UInt8]?, names: HostNames = HostNames()) {
        self.init(at: place, gauge, feed, secret: secret, names: names, patience: .seconds(15), heartbeat: .seconds(15))
    }

    init(
        at place: ListenAddress, _ gauge: any Gauge, _ feed: Feed, secret: [UInt8]?, names: HostNames = HostNames(), patience: Duration,
        heartbeat: Duration
    ) {
        self.place = place
        self.names = names
        self.gauge = gauge
        self.patience = patience
        interface = Interface(gauge, EventStream(feed, heartbeat: heartbeat))
        signature = secret.map(HookSignature.init)
    }

    /// Serves until the task is cancelled.
    /// - Throws: when nobody can listen there.
    public func run() async throws {
        do {
            try await Listener(at: .address(place), largestBody: signature == nil ? 0 : Self.largestBody, patience: patience, reply).run()
        } catch let error as IOError {
            throw Finding.error(
                "nobody can listen at \(place.description): \(String(cString: strerror(error.errnoCode)))",
                remedy: "ss -ltnp tells who does; listen: chooses another place")
        }
    }

    @Sendable private func reply(to request: Request) async -> Reply {
        let route = Route(rawValue: request.path)
        guard isOurs(request, route) else {
            let words = "this node is not asked by that name: server-names: in /etc/coxswain/coxswain.yaml lists those of a proxy\n"
            return security.added(to: Reply(.misdirected, words), of: route)
        }
        return security.added(to: await reply(to: request, route), of: route)
    }

    /// A push is signed: whoever hands it on may have any name, and no page of a stranger can sign one.
    private func isOurs(_ request: Request, _ route: Route?) -> Bool {
        route == .hook || request.hosts.isEmpty || request.hosts.count == 1 && request.hosts.allSatisfy(names.admit)
    }

    private func reply(to request: Request, _ route: Route?) async -> Reply {
        guard let route else {
            let routes = Route.allCases.map { "\($0.methods[0]) \($0.rawValue)" }.joined(separator: ", ")
            return Reply(.notFound, "there is \(routes)\n")
        }
        guard route.methods.contains(request.method) else {
            let methods = route.methods.joined(separator: ", ")
            return Reply(.methodNotAllowed, "\(route.rawValue) takes \(methods)\n").with("Allow", methods)
        }
        switch route {
        case .page: return Reply(.ok, Pages.status, type: "text/html; charset=utf-8")
        case .health: return Reply(.ok, "alive\n")
        case .readiness: return gauge.vitals.hindrance.map { Reply(.unavailable, $0 + "\n") } ?? Reply(.ok, "ready\n")
        case .metrics: return Reply(.ok, gauge.vitals.prometheus, type: "text/plain; version=0.0.4; charset=utf-8")
        case .hook: return hook(request)
        case .stream, .status, .history, .events, .plan, .document: return await interface.reply(to: request, route)
        }
    }

    private func hook(_ request: Request) -> Reply {
        guard let signature else { return Reply(.notFound, "no webhook is set up here (webhook-secret:)\n") }
        guard signature.signs(request.body, request.header) else { return Reply(.forbidden, "the signature is not ours\n") }
        gauge.pushed()
        return Reply(.accepted, "looking\n")
    }
}
