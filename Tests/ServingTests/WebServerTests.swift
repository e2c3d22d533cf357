import Host
import Synchronization
import TestKit
import Testing

@testable import Presenting
@testable import Serving

@Suite("The web server")
struct WebServerTests {
    private final class Node: Gauge {
        private let count = Mutex(0)

        var vitals: Vitals { Vitals(nil, Tally(), program: "1.0") }
        var pushes: Int { count.withLock(\.self) }

        func pushed() { count.withLock { $0 += 1 } }
    }

    private static let secret = Array("0123456789abcdef".utf8)

    private func withServer(secret: [UInt8]? = Self.secret, _ body: (Node, ListenAddress) async throws -> Void) async throws {
        let node = Node()
        let place = try ListenAddress("127.0.0.1:\(Int.random(in: 20_000..<30_000))")
        let server = WebServer(at: place, node, secret: secret)
        let serving = Task { try await server.run() }
        try await until { try await ask(place, "GET", "/healthz").code == "200" }
        try await body(node, place)
        serving.cancel()
        _ = await serving.result
    }

    /// Another's client, in another's language.
    private func ask(
        _ place: ListenAddress, _ method: String, _ path: String, _ body: [UInt8] = [], _ headers: [String: String] = [:]
    ) async throws -> (code: String, text: String) {
        let script = """
            import http.client, sys
            c = http.client.HTTPConnection("\(place.host)", \(place.port), timeout=20)
            try:
                c.request(sys.argv[1], sys.argv[2], sys.stdin.buffer.read(), dict(a.split("=", 1) for a in sys.argv[3:]))
                r = c.getresponse()
                sys.stdout.write(str(r.status) + "\\n" + r.read().decode())
            except (OSError, http.client.HTTPException) as e:
                sys.stdout.write("none\\n" + repr(e))
            """
        let words = ["-c", script, method, path] + headers.map { "\($0.key)=\($0.value)" }
        let output = try await Command("python3", words, input: body, limit: .seconds(60)).run().orThrow().text
        let parts = output.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }

    @Test("a signed push is heard, from each kind of server; an unsigned one, a forged one and another path are not")
    func hooks() async throws {
        try await withServer { (node: Node, place: ListenAddress) async throws in
            let body = Array("{\"ref\":\"refs/heads/main\"}".utf8)
            let digest = HookSignature(secret: Self.secret).digest(of: body)
            let good = [["X-Hub-Signature-256": "sha256=\(digest)"], ["x-gitea-signature": digest], ["X-Gitlab-Token": "0123456789abcdef"]]
            for headers in good { #expect(try await ask(place, "POST", "/hooks/git", body, headers).code == "202") }
            #expect(node.pushes == 3)
            for headers in [[:], ["X-Hub-Signature-256": "sha256=\(digest.reversed())"]] {
                #expect(try await ask(place, "POST", "/hooks/git", body, headers).code == "403")
            }
            #expect(try await ask(place, "GET", "/hooks/git").code == "404")
            #expect(try await ask(place, "POST", "/hooks/other", body, good[0]).code == "404")
            #expect(node.pushes == 3)
        }
    }

    @Test("a body larger than any push is not taken, and the server goes on")
    func tooLarge() async throws {
        try await withServer { (node: Node, place: ListenAddress) async throws in
            let answer = try await ask(place, "POST", "/hooks/git", [UInt8](repeating: 0x20, count: 27 << 20), ["X-Gitlab-Token": "0123456789abcdef"])
            #expect(answer.code == "413" || answer.code == "none", "\(answer)")  // the client may still be sending
            #expect(node.pushes == 0)
            #expect(try await ask(place, "GET", "/healthz").code == "200")
        }
    }

    @Test("without a secret no push is taken; who is not ready says why; metrics are there")
    func others() async throws {
        try await withServer(secret: nil) { (node: Node, place: ListenAddress) async throws in
            #expect(try await ask(place, "POST", "/hooks/git", [], ["X-Gitlab-Token": ""]).code == "404")
            #expect(node.pushes == 0)
            let ready = try await ask(place, "GET", "/readyz")
            #expect(ready.code == "503" && ready.text == "the daemon has only just started\n")
            #expect(try await ask(place, "GET", "/metrics").text.contains("coxswain_build_info{version=\"1.0\"} 1\n"))
        }
    }

    @Test("clients that say nothing, or little by little, keep nobody else waiting")
    func slow() async throws {
        try await withServer { (_: Node, place: ListenAddress) async throws in
            let script = """
                import socket, time
                s = [socket.create_connection(("\(place.host)", \(place.port))) for _ in range(200)]
                for c in s: c.sendall(b"POST /hooks/git HTTP/1.1\\r\\nContent-Length: 100000\\r\\n\\r\\nx")
                print("there", flush=True)
                time.sleep(8)
                """
            let crowd = Task { try await Command("python3", ["-c", script], limit: .seconds(60)).run() }
            try await Task.sleep(for: .seconds(2))
            let clock = ContinuousClock()
            let begun = clock.now
            #expect(try await ask(place, "GET", "/healthz").code == "200")
            #expect(clock.now - begun < .seconds(5))
            #expect(try await crowd.value.orThrow().text == "there\n")
        }
    }

    @Test("where somebody listens already, and where this host has no address, nobody can listen")
    func taken() async throws {
        try await withServer { (node: Node, place: ListenAddress) async throws in
            await #expect(throws: (any Error).self) { try await WebServer(at: place, node, secret: nil).run() }
        }
        await #expect(throws: (any Error).self) { try await WebServer(at: ListenAddress("192.0.2.7:9180"), Node(), secret: nil).run() }
    }
}
