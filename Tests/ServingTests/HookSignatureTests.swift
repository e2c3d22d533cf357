import Testing

@testable import Serving

@Suite("A webhook's signature")
struct HookSignatureTests {
    private func header(_ pairs: [String: String]) -> (String) -> String? { { pairs[$0] } }

    /// RFC 4231, test case 2; and the example of GitHub's documentation, "Validating webhook deliveries".
    @Test("digests are those of the RFC and of GitHub")
    func vectors() {
        let jefe = HookSignature(secret: Array("Jefe".utf8))
        #expect(
            jefe.digest(of: Array("what do ya want for nothing?".utf8)) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let signed = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
        let everybody = HookSignature(secret: Array("It's a Secret to Everybody".utf8))
        #expect(everybody.signs(Array("Hello, World!".utf8), header(["X-Hub-Signature-256": signed])))
    }

    @Test("each server's own header counts; another body, another secret, no signature and half of one do not")
    func headers() {
        let body = Array("{}".utf8)
        let signature = HookSignature(secret: Array("0123456789abcdef".utf8))
        let digest = signature.digest(of: body)
        let good = [
            ["X-Hub-Signature-256": "sha256=\(digest)"], ["X-Gitea-Signature": digest], ["X-Forgejo-Signature": digest.uppercased()],
            ["X-Gitlab-Token": "0123456789abcdef"], ["X-Gitea-Signature": digest, "X-Hub-Signature-256": "sha256=\(digest)"],
        ]
        for pairs in good { #expect(signature.signs(body, header(pairs)), "\(pairs)") }
        let bad: [[String: String]] = [
            [:], ["X-Hub-Signature-256": digest], ["X-Hub-Signature-256": "sha256="], ["X-Hub-Signature-256": "sha256=\(digest.dropLast())"],
            ["X-Hub-Signature": "sha1=\(digest)"], ["X-Gitea-Signature": ""], ["X-Gitlab-Token": ""], ["X-Gitlab-Token": "0123456789abcde"],
            ["X-Gitlab-Token": digest], ["X-Gitea-Signature": digest, "X-Hub-Signature-256": "sha256=0"],
        ]
        for pairs in bad { #expect(!signature.signs(body, header(pairs)), "\(pairs)") }
        #expect(!signature.signs(Array("{ }".utf8), header(["X-Gitea-Signature": digest])))
        #expect(!HookSignature(secret: Array("0123456789abcdeF".utf8)).signs(body, header(["X-Gitea-Signature": digest])))
        #expect(!HookSignature(secret: []).signs(body, header(["X-Gitlab-Token": ""])))
    }

    @Test("a place is an address and a port; what could come to mean another place is none")
    func places() throws {
        #expect(try ListenAddress("127.0.0.1:9180").description == "127.0.0.1:9180")
        #expect(try ListenAddress("[::1]:9180").host == "::1")
        #expect(try ListenAddress("0.0.0.0:1").port == 1)
        for text in [
            "", ":9180", "9180", "localhost:9180", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "::1:9180", "[127.0.0.1]:1", "[::1]", "1.2.3:4",
        ] {
            #expect(throws: (any Error).self, "\(text)") { try ListenAddress(text) }
        }
    }
}
