internal import FlyingFox
internal import FlyingSocks
internal import FoundationEssentials
internal import Glibc
public import Presenting
public import Reconciling
internal import Records

/// Who answers what people ask of a node.
public protocol Desk: Sendable {
    /// - Throws: where the cluster can't be asked at all.
    func status() async throws -> NodeStatus
    /// What comes of a request, in words.
    func answer(to request: Event.Request) async -> String
}

/// Answers people and programs of this host: HTTP on a unix socket, for root and the group coxswain.
///
///     GET  /v1/status            where the node and its cluster stand
///     POST /v1/requests/NAME     reconcile, suspend, resume
public struct ControlServer: Sendable {
    private let path: String
    private let desk: any Desk

    /// The system's group whose members may ask.
    private static let group = "coxswain"

    /// - Parameter stateDirectory: of the process, which holds its lock.
    public init(stateDirectory: String, _ desk: any Desk) {
        path = ControlSocket.path(in: stateDirectory)
        self.desk = desk
    }

    /// Serves until the task is cancelled.
    /// - Throws: when the socket can't be made.
    public func run() async throws {
        let address = try ControlSocket.address(path)
        withdraw()  // that of a process that is no more: this one holds the lock
        let server = HTTPServer(config: .init(address: address, timeout: 60, logger: .disabled))
        await server.appendRoute("GET /v1/status") { _ in await status() }
        await server.appendRoute("POST /v1/requests/:name") { request in await ask(request.routeParameters["name"] ?? "") }
        await server.appendRoute("*") { _ in Self.response(.notFound, Answer(answer: "there is GET /v1/status, and POST /v1/requests/NAME")) }
        let serving = Task { try await server.run() }
        defer { withdraw() }
        try await withTaskCancellationHandler {
            do {
                try await server.waitUntilListening(timeout: 10)
                try open()
            } catch {
                serving.cancel()
                try await serving.value  // why it does not listen
                throw error
            }
            try await serving.value
        } onCancel: {
            serving.cancel()
        }
    }

    /// Takes the socket away: nobody finds it any more.
    public func withdraw() { unlink(path) }

    /// unix(7): "connecting to a stream socket object requires write permission on that socket".
    private func open() throws {
        if let group = getgrnam(Self.group) { chown(path, ~0, group.pointee.gr_gid) }
        guard chmod(path, 0o660) == 0 else { throw ControlSocket.failure("can't be opened to its group", path, errno) }
    }

    private func status() async -> HTTPResponse {
        do {
            return Self.response(.ok, try await desk.status())
        } catch {
            return Self.response(.serviceUnavailable, Answer(answer: "\(error)"))
        }
    }

    private func ask(_ name: String) async -> HTTPResponse {
        guard let request = Event.Request(rawValue: name), ControlSocket.requests.contains(request) else {
            let known = ControlSocket.requests.map(\.rawValue).joined(separator: ", ")
            return Self.response(.notFound, Answer(answer: "no such request: \(known)"))
        }
        return Self.response(.ok, Answer(answer: await desk.answer(to: request)))
    }

    private static func response(_ code: HTTPStatusCode, _ body: some Encodable) -> HTTPResponse {
        HTTPResponse(statusCode: code, headers: [.contentType: "application/json"], body: Data(JSON.text(body).utf8))
    }
}
