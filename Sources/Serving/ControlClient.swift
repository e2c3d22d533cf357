internal import Diagnostics
internal import FoundationEssentials
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
public import Presenting
public import Reconciling
internal import Records

/// Asks the daemon of this host.
public struct ControlClient: Sendable {
    /// In seconds.
    public static let longestSuspension = SuspensionWish.longest

    private let path: String
    private let limit: Duration

    /// Bytes of an answer.
    private static let longest = 64 << 20

    /// - Parameters:
    ///   - stateDirectory: the daemon's.
    ///   - limit: how long it may think.
    public init(stateDirectory: String, limit: Duration = .seconds(70)) {
        path = ControlSocket.path(in: stateDirectory)
        self.limit = limit
    }

    /// - Throws: a finding, where none runs or it does not answer as it should.
    public func status() async throws -> NodeStatus {
        let (body, code) = try await send(.GET, "/v1/status")
        guard code == .ok else { throw Finding.error("the daemon can't tell: \(answer(body))") }
        do {
            return try JSONDecoder().decode(NodeStatus.self, from: body)
        } catch {
            throw Finding.error("the daemon answers in another version's words: \(error)", remedy: "restart it: systemctl restart coxswain")
        }
    }

    /// - Returns: what comes of it, in words.
    public func ask(_ request: Event.Request) async throws -> String {
        let (body, code) = try await send(.POST, "/v1/requests/\(request.name)", request.body)
        guard code == .ok else { throw Finding.error("the daemon refuses: \(answer(body))") }
        return answer(body)
    }

    private func answer(_ body: Data) -> String {
        ((try? JSONDecoder().decode(Answer.self, from: body))?.answer ?? String(decoding: body.prefix(200), as: UTF8.self)).singleLine
    }

    private typealias Exchange = (body: Data, code: HTTPResponseStatus)
    private typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    private func send(_ method: HTTPMethod, _ target: String, _ body: String = "") async throws -> Exchange {
        try ControlSocket.check(path)
        let connection = try await connect()
        do {
            return try await withThrowingTaskGroup(of: Exchange.self) { group in
                group.addTask { try await Self.converse(over: connection, method, target, body) }
                group.addTask {
                    try await Task.sleep(for: limit)
                    throw Finding.error("the daemon says nothing for \(limit.components.seconds) s", remedy: "systemctl restart coxswain")
                }
                defer { group.cancelAll() }
                guard let exchange = try await group.next() else { throw CancellationError() }
                return exchange
            }
        } catch  where !(error is Finding || error is CancellationError) {
            throw Finding.error("the daemon's answer broke off: \(error)", remedy: "ask again; journalctl -u coxswain tells why")
        }
    }

    private func connect() async throws -> Connection {
        do {
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
        } catch {
            let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
            throw Finding.error(
                "no daemon answers at \(path.terminalSafe): \(reason)",
                remedy: "start it (systemctl start coxswain), or name its --state-dir; root and the group coxswain may ask")
        }
    }

    private static func converse(
        over connection: Connection, _ method: HTTPMethod, _ target: String, _ content: String
    ) async throws -> Exchange {
        try await connection.executeThenClose { inbound, outbound in
            let headers: HTTPHeaders = ["Host": "localhost", "Content-Length": "\(content.utf8.count)", "Connection": "close"]
            try await outbound.write(.head(HTTPRequestHead(version: .http1_1, method: method, uri: target, headers: headers)))
            if !content.isEmpty { try await outbound.write(.body(.byteBuffer(ByteBuffer(string: content)))) }
            try await outbound.write(.end(nil))
            var (code, body) = (HTTPResponseStatus.ok, Data())
            for try await part in inbound {
                switch part {
                case .head(let head): code = head.status
                case .body(let piece):
                    body.append(contentsOf: piece.readableBytesView)
                    guard body.count <= longest else { throw Finding.error("the daemon's answer is longer than \(longest >> 20) MiB") }
                case .end: return (body, code)
                }
            }
            throw Finding.error("the daemon's answer broke off", remedy: "ask again; journalctl -u coxswain tells why")
        }
    }
}

extension Event.Request {
    /// What is sent along.
    fileprivate var body: String {
        guard case .suspend(let suspension) = self else { return "" }
        let wish = SuspensionWish(seconds: suspension.until.map { $0 - suspension.since }, by: suspension.by, reason: suspension.reason)
        return JSON.line(wish)
    }
}
