internal import Diagnostics
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// Takes requests over HTTP/1.1, one for each connection, and hands each on when it is there as a whole.
struct Listener: Sendable {
    enum Place: Sendable {
        /// unix(7).
        case socket(path: String)
        case address(ListenAddress)
    }

    private typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    private let place: Place
    private let largestBody: Int
    private let patience: Duration
    private let answer: @Sendable (Request) async -> Reply
    private let connections = Stock(512)
    private let bytes: Stock

    /// - Parameters:
    ///   - largestBody: in bytes; of all bodies that are being read at a time there are eight times as many at most.
    ///   - patience: for a request and the answer's making, and again for the answer's way; of one that comes in pieces, for each.
    init(at place: Place, largestBody: Int, patience: Duration, _ answer: @escaping @Sendable (Request) async -> Reply) {
        self.place = place
        self.largestBody = largestBody
        self.patience = patience
        self.answer = answer
        bytes = Stock(8 * largestBody)
    }

    /// Serves until the task is cancelled.
    /// - Parameter whenOpen: what is to be done when it can be reached.
    /// - Throws: where it can't be.
    func run(whenOpen: () throws -> Void = {}) async throws {
        let server = try await bind()
        try await withThrowingDiscardingTaskGroup { group in
            try await server.executeThenClose { incoming in
                try whenOpen()
                for try await connection in incoming {
                    guard connections.take(1) else {
                        try? await connection.executeThenClose { _, _ in }
                        continue
                    }
                    group.addTask {
                        await serve(connection)
                        connections.put(1)
                    }
                }
            }
        }
    }

    private func bind() async throws -> NIOAsyncChannel<Connection, Never> {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 128)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        switch place {
        case .socket(let path):
            return try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true, childChannelInitializer: Self.open)
        case .address(let place): return try await bootstrap.bind(host: place.host, port: Int(place.port), childChannelInitializer: Self.open)
        }
    }

    @Sendable private static func open(_ channel: any Channel) -> EventLoopFuture<Connection> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
            return try Connection(wrappingChannelSynchronously: channel)
        }
    }

    /// A request beyond these is malformed: of all that are being read at a time, headers take 16 MiB at most.
    private static let limits = {
        var limits = NIOHTTPDecoderLimitConfiguration()
        (limits.maxHeaderFieldSize, limits.maxHeaderListSize, limits.maxHeaderFieldCount) = (16 << 10, 32 << 10, 100)
        return limits
    }()

    // MARK: One connection

    private func serve(_ connection: Connection) async {
        let channel = connection.channel
        try? await withTaskCancellationHandler {
            try await connection.executeThenClose { inbound, _ in
                guard let (reply, isWanted) = try await reply(to: inbound, on: channel) else { return }
                try await Delivery(channel, patience: patience).send(reply, withBody: isWanted)
            }
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    /// Who says nothing, or little by little, is not waited for.
    /// - Returns: nil where no request came; and whether more than the head of it is asked for.
    private func reply(
        to inbound: NIOAsyncChannelInboundStream<HTTPServerRequestPart>, on channel: any Channel
    ) async throws -> (Reply, withBody: Bool)? {
        let end = channel.eventLoop.scheduleTask(in: TimeAmount(patience)) { channel.close(promise: nil) }
        defer { end.cancel() }
        var head: HTTPRequestHead?
        var body: [UInt8] = []
        defer { bytes.put(body.count) }
        for try await part in inbound {
            switch part {
            case .head(let received):
                head = received
                guard received.expectsContinue else { continue }
                guard received.declaredLength <= largestBody else { return (Reply(.tooLarge, "that is too much\n"), true) }
                channel.writeAndFlush(HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .continue)), promise: nil)
            case .body(let piece):
                guard body.count + piece.readableBytes <= largestBody else { return (Reply(.tooLarge, "that is too much\n"), true) }
                guard bytes.take(piece.readableBytes) else { return (Reply(.unavailable, "too much at once\n"), true) }
                body += piece.readableBytesView
            case .end:
                guard let head else { return nil }
                return (await answer(Request(head, body)), head.method != .HEAD)
            }
        }
        return nil
    }
}

extension HTTPRequestHead {
    /// RFC 9110, 10.1.1: whoever sends it waits for a word before the body follows. Others than HTTP/1.1 don't know it.
    fileprivate var expectsContinue: Bool {
        version == .http1_1 && headers[canonicalForm: "Expect"].contains { $0.lowercased() == "100-continue" }
    }

    fileprivate var declaredLength: Int { headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0 }
}

/// So many, and no more.
final class Stock: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    func take(_ count: Int) -> Bool {
        left.withLock { left in
            guard left >= count else { return false }
            left -= count
            return true
        }
    }

    func put(_ count: Int) { left.withLock { $0 += count } }
}
