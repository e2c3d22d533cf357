internal import Diagnostics
internal import FlyingFox
internal import FlyingSocks
internal import FoundationEssentials
public import Presenting
internal import Synchronization

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
    private let room = Room(4)

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
        let server = HTTPServer(config: .init(address: try place.address, timeout: 15, logger: .disabled))
        await server.appendRoute("GET /healthz") { _ in Self.text(.ok, "alive\n") }
        await server.appendRoute("GET /readyz") { _ in ready() }
        await server.appendRoute("GET /metrics") { _ in
            Self.text(.ok, gauge.vitals.prometheus, type: "text/plain; version=0.0.4; charset=utf-8")
        }
        await server.appendRoute("POST /hooks/git") { request in await hook(request) }
        await server.appendRoute("*") { _ in Self.text(.notFound, "there is GET /healthz, /readyz and /metrics, and POST /hooks/git\n") }
        do {
            try await server.run()
        } catch let error as SocketError {
            throw Finding.error(
                "nobody can listen at \(place.description): \(error.errorDescription ?? "\(error)")", remedy: "choose another place (listen:)")
        }
    }

    private func ready() -> HTTPResponse {
        let reason = gauge.vitals.hindrance
        return Self.text(reason == nil ? .ok : .serviceUnavailable, (reason ?? "ready") + "\n")
    }

    private func hook(_ request: HTTPRequest) async -> HTTPResponse {
        guard let signature else { return Self.text(.notFound, "no webhook is set up here (webhook-secret:)\n") }
        // Bodies are kept until they are judged: not too many at a time, whoever sends them.
        guard room.enter() else { return Self.text(.serviceUnavailable, "too many deliveries at once\n") }
        defer { room.leave() }
        guard let body = try? await Self.body(of: request) else { return Self.text(.payloadTooLarge, "that is no push\n") }
        guard signature.signs(body, { request.headers[HTTPHeader($0)] }) else { return Self.text(.forbidden, "the signature is not ours\n") }
        gauge.pushed()
        return Self.text(.accepted, "looking\n")
    }

    private static func body(of request: HTTPRequest) async throws -> [UInt8] {
        var body: [UInt8] = []
        for try await part in request.bodySequence {
            body += part
            guard body.count <= largestBody else { throw CancellationError() }
        }
        return body
    }

    private static func text(_ code: HTTPStatusCode, _ text: String, type: String = "text/plain; charset=utf-8") -> HTTPResponse {
        HTTPResponse(statusCode: code, headers: [.contentType: type], body: Data(text.utf8))
    }
}

/// So many, and no more.
private final class Room: Sendable {
    private let free: Mutex<Int>

    init(_ places: Int) { free = Mutex(places) }

    func enter() -> Bool {
        free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
    }

    func leave() { free.withLock { $0 += 1 } }
}
