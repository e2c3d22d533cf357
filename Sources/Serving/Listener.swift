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
    ///   - patience: for a whole exchange, the answer's making included.
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
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
            return try Connection(wrappingChannelSynchronously: channel)
        }
    }

    /// Who says nothing, or little by little, is not waited for.
    private func serve(_ connection: Connection) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await connection.executeThenClose { inbound, _ in
                    guard let reply = try await reply(to: inbound) else { return }
                    try await Self.write(reply, to: connection.channel)
                }
            }
            group.addTask { try? await Task.sleep(for: patience) }
            await group.next()
            group.cancelAll()
        }
    }

    /// - Returns: nil where no request came.
    private func reply(to inbound: NIOAsyncChannelInboundStream<HTTPServerRequestPart>) async throws -> Reply? {
        var head: HTTPRequestHead?
        var body: [UInt8] = []
        defer { bytes.put(body.count) }
        for try await part in inbound {
            switch part {
            case .head(let received): head = received
            case .body(let piece):
                guard body.count + piece.readableBytes <= largestBody else { return Reply(.tooLarge, "that is too much\n") }
                guard bytes.take(piece.readableBytes) else { return Reply(.unavailable, "too much at once\n") }
                body += piece.readableBytesView
            case .end:
                guard let head else { return nil }
                return await answer(Request(head, body))
            }
        }
        return nil
    }

    /// Returns when all of it has left: what is still to be written when a connection is closed is lost.
    private static func write(_ reply: Reply, to channel: any Channel) async throws {
        let headers: HTTPHeaders = ["Content-Type": reply.type, "Content-Length": "\(reply.body.count)", "Connection": "close"]
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: reply.code.rawValue), headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: reply.body))), promise: nil)
        try await channel.writeAndFlush(HTTPServerResponsePart.end(nil))
    }
}

/// So many, and no more.
private final class Stock: Sendable {
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
