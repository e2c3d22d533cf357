internal import Diagnostics
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
///     POST /v1/requests/NAME     reconcile, suspend ({"seconds": 7200, "by": "root@alpha", "reason": "a new kernel"}), resume
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
        try ControlSocket.check(path)
        withdraw()  // that of a process that is no more: this one holds the lock
        defer { withdraw() }
        try await Listener(at: .socket(path: path), largestBody: 65_536, patience: .seconds(60), reply).run(whenOpen: open)
    }

    /// Takes the socket away: nobody finds it any more.
    public func withdraw() { unlink(path) }

    /// unix(7): "connecting to a stream socket object requires write permission on that socket".
    private func open() throws {
        if let group = getgrnam(Self.group) { chown(path, ~0, group.pointee.gr_gid) }
        guard chmod(path, 0o660) == 0 else { throw ControlSocket.failure("can't be opened to its group", path, errno) }
    }

    @Sendable private func reply(to request: Request) async -> Reply {
        let requests = "/v1/requests/"
        switch (request.method, request.path) {
        case ("GET", "/v1/status"): return await status()
        case ("POST", let path) where path.hasPrefix(requests): return await ask(String(path.dropFirst(requests.count)), request.body)
        default: return Self.reply(.notFound, Answer(answer: "there is GET /v1/status, and POST /v1/requests/NAME"))
        }
    }

    private func status() async -> Reply {
        do {
            return Self.reply(.ok, try await desk.status())
        } catch {
            return Self.reply(.unavailable, Answer(answer: "\(error)"))
        }
    }

    private func ask(_ name: String, _ body: [UInt8]) async -> Reply {
        let request: Event.Request
        switch name {
        case "reconcile": request = .reconcile
        case "resume": request = .resume
        case "suspend":
            guard let suspension = Self.suspension(body) else {
                return Self.reply(
                    .unprocessable,
                    Answer(answer: "a suspension has \"seconds\" (1 to \(SuspensionWish.longest)), \"by\" and \"reason\", and nothing else"))
            }
            request = .suspend(suspension)
        default: return Self.reply(.notFound, Answer(answer: "no such request: \(ControlSocket.requests.joined(separator: ", "))"))
        }
        return Self.reply(.ok, Answer(answer: await desk.answer(to: request)))
    }

    /// Without a body it has no end.
    private static func suspension(_ body: [UInt8]) -> Suspension? {
        let wish = body.isEmpty ? SuspensionWish() : try? JSONDecoder().decode(SuspensionWish.self, from: Data(body))
        return wish?.suspension(at: Int64(Date().timeIntervalSince1970))
    }

    private static func reply(_ code: Reply.Code, _ body: some Encodable) -> Reply { Reply(code, JSON.text(body), type: "application/json") }
}
