internal import Diagnostics
internal import FlyingFox
internal import FlyingSocks
internal import FoundationEssentials
public import Presenting
public import Reconciling

/// Asks the daemon of this host.
public struct ControlClient: Sendable {
    private let path: String
    private let limit: Duration

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
        let (body, code) = try await send(.POST, "/v1/requests/\(request.rawValue)")
        guard code == .ok else { throw Finding.error("the daemon refuses: \(answer(body))") }
        return answer(body)
    }

    private func answer(_ body: Data) -> String {
        ((try? JSONDecoder().decode(Answer.self, from: body))?.answer ?? String(decoding: body.prefix(200), as: UTF8.self)).singleLine
    }

    private func send(_ method: HTTPMethod, _ target: String) async throws -> (body: Data, code: HTTPStatusCode) {
        let request = HTTPRequest(method: method, version: .http11, path: target, query: [], headers: HTTPHeaders(), body: HTTPBodySequence())
        let address = try ControlSocket.address(path)
        let limit = limit
        do {
            return try await withThrowingTaskGroup(of: Reply.self) { group in
                group.addTask {
                    var client = HTTPClient()
                    let response = try await client.sendHTTPRequest(request, to: address)
                    return (try await response.bodyData, response.statusCode)
                }
                group.addTask {
                    try await Task.sleep(for: limit)
                    throw Finding.error("the daemon says nothing for \(limit.components.seconds) s", remedy: "systemctl restart coxswain")
                }
                defer { group.cancelAll() }
                guard let reply = try await group.next() else { throw CancellationError() }
                return reply
            }
        } catch let error as SocketError {
            throw Self.finding(error, path)
        } catch  where !(error is Finding || error is CancellationError) {
            throw Finding.error("the daemon's answer broke off: \(error)", remedy: "ask again; journalctl -u coxswain tells why")
        }
    }

    private typealias Reply = (body: Data, code: HTTPStatusCode)

    private static func finding(_ error: SocketError, _ path: String) -> Finding {
        .error(
            "no daemon answers at \(path.terminalSafe): \(error.errorDescription ?? "\(error)")",
            remedy: "start it (systemctl start coxswain), or name its --state-dir; root and the group coxswain may ask")
    }
}
