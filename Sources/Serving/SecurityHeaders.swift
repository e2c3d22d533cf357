internal import CCrypto
internal import FoundationEssentials

/// What browsers are told: nothing of what is answered may run, embed or send anything that is not this server's own.
struct SecurityHeaders: Sendable {
    private let pagePolicy: String

    /// - Parameter page: its own script and style are the only ones that may run.
    init(page: String) {
        let (script, style) = (Self.sources(of: "script", in: page), Self.sources(of: "style", in: page))
        pagePolicy =
            "default-src 'none'; script-src \(script); style-src \(style); connect-src 'self'; img-src data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    }

    func added(to reply: Reply, of route: Route?) -> Reply {
        reply
            .with("Content-Security-Policy", route == .page ? pagePolicy : Self.policy)
            .with("X-Content-Type-Options", "nosniff")
            .with("X-Frame-Options", "DENY")
            .with("Referrer-Policy", "no-referrer")
            .with("Cross-Origin-Resource-Policy", "same-origin")
            .with("Cross-Origin-Opener-Policy", "same-origin")
            .with("Cache-Control", "no-store")
    }

    private static let policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// CSP 3, 6.7.3.3: the digest of what stands between the tags.
    private static func sources(of tag: String, in page: String) -> String {
        let contents = page.split(separator: "<\(tag)>").dropFirst().compactMap { $0.split(separator: "</\(tag)>", maxSplits: 1).first }
        return contents.isEmpty ? "'none'" : contents.map { "'sha256-\(digest(of: Array($0.utf8)))'" }.joined(separator: " ")
    }

    private static func digest(of bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil)
        return Data(digest.prefix(Int(length))).base64EncodedString()
    }
}
