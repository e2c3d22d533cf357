internal import CCrypto

/// How a git server shows that a delivery is its own: it knows the secret, and signs the body with it.
public struct HookSignature: Sendable {
    private let secret: [UInt8]

    public init(secret: [UInt8]) { self.secret = secret }

    /// Whether a delivery bears a signature of ours. One that bears several has to be right in the first that is known.
    ///
    /// GitHub: "X-Hub-Signature-256 … the HMAC hex digest of the request body, generated using the SHA-256 hash function and the secret as
    /// the HMAC key", after "sha256=". Gitea and Forgejo send the digest bare, in X-Gitea-Signature and X-Forgejo-Signature. GitLab sends the
    /// secret itself, in X-Gitlab-Token.
    func signs(_ body: [UInt8], _ header: (String) -> String?) -> Bool {
        guard !secret.isEmpty else { return false }
        if let text = header("X-Hub-Signature-256") { return text.hasPrefix("sha256=") && isDigest(text.dropFirst(7), of: body) }
        for name in ["X-Forgejo-Signature", "X-Gitea-Signature"] {
            if let text = header(name) { return isDigest(text[...], of: body) }
        }
        return header("X-Gitlab-Token").map { Self.areEqual(Array($0.utf8), secret) } ?? false
    }

    private func isDigest(_ text: Substring, of body: [UInt8]) -> Bool { Self.areEqual(Array(text.lowercased().utf8), Array(digest(of: body).utf8)) }

    /// RFC 2104 with SHA-256, in hexadecimal digits.
    public func digest(of body: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        HMAC(EVP_sha256(), secret, Int32(secret.count), body, body.count, &digest, &length)
        return digest.prefix(Int(length)).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// CRYPTO_memcmp(3): "compares the len bytes pointed to by a and b for equality. It takes an amount of time dependent on len, but
    /// independent of the contents".
    private static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool { a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0 }
}
