internal import NIOCore
internal import NIOHTTP1

/// An answer on its way to a client.
struct Delivery: Sendable {
    private let channel: any Channel
    private let patience: TimeAmount

    init(_ channel: any Channel, patience: Duration) {
        self.channel = channel
        self.patience = TimeAmount(patience)
    }

    /// Returns when all of it has left: what is still to be written when a connection is closed is lost.
    /// - Throws: where the client is gone, or does not read.
    func send(_ reply: Reply, withBody: Bool) async throws {
        var headers = reply.headers
        headers.replaceOrAdd(name: "Connection", value: "close")
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: reply.code.rawValue), headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        if withBody {
            switch reply.content {
            case .whole(let bytes): channel.write(part(bytes), promise: nil)
            case .pieces(let pieces): try await send(pieces)
            }
        }
        try await write(.end(nil))
    }

    /// A piece is not fetched before the one before it has left.
    private func send(_ pieces: AsyncStream<[UInt8]>) async throws {
        channel.flush()
        for await piece in pieces { try await write(part(piece)) }
    }

    private func part(_ bytes: [UInt8]) -> HTTPServerResponsePart { .body(.byteBuffer(ByteBuffer(bytes: bytes))) }

    /// The connection of who does not read is closed: that ends the wait.
    private func write(_ part: HTTPServerResponsePart) async throws {
        let end = channel.eventLoop.scheduleTask(in: patience) { [channel] in channel.close(promise: nil) }
        defer { end.cancel() }
        try await channel.writeAndFlush(part)
    }
}
