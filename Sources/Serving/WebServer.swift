internal import Diagnostics
internal import NIOCore
public import Presenting

/// Who knows how a node does, and hears of a push.
public protocol Gauge: Sendable {
    /// Without asking anybody: nothing is started for it.
    var vitals: Vitals { get }
    /// A git server says that somebody has pushed.
    func pushed()
}

/// Answers programs: those that watch over the node, and the git server that has something new.
///
///     GET  /healthz       200 while the daemon lives
///     GET  /readyz        200 when it follows the repository and knows the cluster; else 503, and why
///     GET  /metrics       for Prometheus
///     POST /hooks/git     a push, signed as GitHub, Gitea, Forgejo and GitLab do
public struct WebServer: Sendable {
    private let place: ListenAddress
    private let gauge: any Gauge
    private let signature: HookSignature?

    /// GitHub's documentation on webhooks: "Payloads are capped at 25 MB."
    private static let largestBody = 25 << 20

    /// - Parameter secret: of the webhook; nil: there is none, and no push is taken.
    public init(at place: ListenAddress, _ gauge: any Gauge, secret: [UInt8]?) {
        self.place = place
        self.gauge = gauge
        signature = secret.map(HookSignature.init)
    }

    /// Serves until the task is cancelled.
    /// - Throws: when nobody can listen there.
    public func run() async throws {
        do {
            try await Listener(at: .address(place), largestBody: signature == nil ? 0 : Self.largestBody, patience: .seconds(15), reply).run()
        } catch let error as IOError {
            throw Finding.error("nobody can listen at \(place.description): \(error.description)", remedy: "choose another place (listen:)")
        }
    }

    @Sendable private func reply(to request: Request) async -> Reply {
        switch (request.method, request.path) {
        case ("GET", "/healthz"): Reply(.ok, "alive\n")
        case ("GET", "/readyz"): gauge.vitals.hindrance.map { Reply(.unavailable, $0 + "\n") } ?? Reply(.ok, "ready\n")
        case ("GET", "/metrics"): Reply(.ok, gauge.vitals.prometheus, type: "text/plain; version=0.0.4; charset=utf-8")
        case ("POST", "/hooks/git"): hook(request)
        default: Reply(.notFound, "there is GET /healthz, /readyz and /metrics, and POST /hooks/git\n")
        }
    }

    private func hook(_ request: Request) -> Reply {
        guard let signature else { return Reply(.notFound, "no webhook is set up here (webhook-secret:)\n") }
        guard signature.signs(request.body, request.header) else { return Reply(.forbidden, "the signature is not ours\n") }
        gauge.pushed()
        return Reply(.accepted, "looking\n")
    }
}
