internal import NIOCore
internal import NIOHTTP1

/// A request, read whole.
struct Request: Sendable {
    /// `GET`.
    let method: String
    /// Without what stands behind a `?`.
    let path: String
    let body: [UInt8]
    private let headers: HTTPHeaders

    init(_ head: HTTPRequestHead, _ body: [UInt8]) {
        method = head.method.rawValue
        path = String(head.uri.prefix { $0 != "?" })
        headers = head.headers
        self.body = body
    }

    /// Whatever the case of its letters.
    func header(_ name: String) -> String? { headers.first(name: name) }
}

/// What a request is answered with.
struct Reply: Sendable {
    enum Code: Int, Sendable {
        case ok = 200
        case accepted = 202
        case forbidden = 403
        case notFound = 404
        case tooLarge = 413
        case unprocessable = 422
        case unavailable = 503
    }

    let code: Code
    let type: String
    let body: [UInt8]

    /// - Parameter type: its media type.
    init(_ code: Code, _ text: String, type: String = "text/plain; charset=utf-8") {
        self.code = code
        self.type = type
        body = Array(text.utf8)
    }
}
