internal import Diagnostics
internal import NIOCore
internal import NIOHTTP1

/// A request, read whole.
struct Request: Sendable {
    /// `GET`.
    let method: String
    /// Without what stands behind a `?`.
    let path: String
    /// What stands there: `since=2h&commit=4f1c2ab`.
    let query: Substring
    let body: [UInt8]
    private let headers: HTTPHeaders
    private let authority: String?

    init(_ head: HTTPRequestHead, _ body: [UInt8]) {
        method = head.method.rawValue
        headers = head.headers
        self.body = body
        let (authority, target) = Self.parts(of: head.uri)
        self.authority = authority
        path = String(target.prefix { $0 != "?" })
        query = target.drop { $0 != "?" }.dropFirst()
    }

    /// RFC 9112, 3.2.2: who takes the server for a proxy asks for `http://HOST/PATH`.
    private static func parts(of target: String) -> (authority: String?, target: Substring) {
        guard let scheme = ["http://", "https://"].first(where: { target.lowercased().hasPrefix($0) }) else { return (nil, target[...]) }
        let rest = target.dropFirst(scheme.count)
        let path = rest.drop { !"/?".contains($0) }
        return (String(rest.prefix { !"/?".contains($0) }), path.first == "/" ? path : "/" + path)
    }

    /// What it is asked as: none, as programs of old do, or one; two are nobody's. An absolute target says it, whatever the field Host does.
    var hosts: [String] { authority.map { [$0] } ?? headers["Host"] }

    /// Whatever the case of its letters.
    func header(_ name: String) -> String? { headers.first(name: name) }
}

/// What a request is answered with.
struct Reply: Sendable {
    enum Code: Int, Sendable {
        case ok = 200
        case accepted = 202
        case malformed = 400
        case forbidden = 403
        case notFound = 404
        case methodNotAllowed = 405
        case tooLarge = 413
        case misdirected = 421
        case unprocessable = 422
        case unavailable = 503
    }

    enum Content: Sendable {
        case whole([UInt8])
        /// Piece by piece, until there is no more or nobody reads on.
        case pieces(AsyncStream<[UInt8]>)
    }

    let code: Code
    let content: Content
    private(set) var headers: HTTPHeaders

    /// - Parameter type: its media type.
    init(_ code: Code, _ text: String, type: String = "text/plain; charset=utf-8") { self.init(code, bytes: Array(text.utf8), type: type) }

    init(_ code: Code, bytes: [UInt8], type: String) {
        self.code = code
        content = .whole(bytes)
        headers = ["Content-Type": type, "Content-Length": "\(bytes.count)"]
    }

    init(pieces: AsyncStream<[UInt8]>, type: String) {
        code = .ok
        content = .pieces(pieces)
        headers = ["Content-Type": type]
    }

    /// The same with another header, in the place of one of that name.
    func with(_ name: String, _ value: String) -> Reply {
        var reply = self
        reply.headers.replaceOrAdd(name: name, value: value)
        return reply
    }
}
