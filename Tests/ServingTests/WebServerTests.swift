import Host
import TestKit
import Testing

@testable import Presenting
@testable import Serving

@Suite("The web server")
struct WebServerTests {
    private static let secret = Array("0123456789abcdef".utf8)

    @Test("a signed push is heard, from each kind of server; an unsigned one, a forged one and another path are not")
    func hooks() async throws {
        let node = Node()
        try await withServer(node, secret: Self.secret) { (place: ListenAddress) async throws in
            let body = Array("{\"ref\":\"refs/heads/main\"}".utf8)
            let digest = HookSignature(secret: Self.secret).digest(of: body)
            let good = [["X-Hub-Signature-256": "sha256=\(digest)"], ["x-gitea-signature": digest], ["X-Gitlab-Token": "0123456789abcdef"]]
            for headers in good { #expect(try await ask(place, "POST", "/hooks/git", body, headers).code == "202") }
            #expect(node.pushes == 3)
            for headers in [[:], ["X-Hub-Signature-256": "sha256=\(digest.reversed())"]] {
                #expect(try await ask(place, "POST", "/hooks/git", body, headers).code == "403")
            }
            #expect(try await ask(place, "GET", "/hooks/git").code == "405")
            #expect(try await ask(place, "POST", "/hooks/other", body, good[0]).code == "404")
            #expect(node.pushes == 3)
        }
    }

    @Test("an absolute target is answered, under the names that it gives and not under those of the field Host")
    func absolute() async throws {
        try await withServer { (place: ListenAddress) async throws in
            let own = "http://\(place.host):\(place.port)"
            #expect(try await ask(place, "GET", own + "/healthz").text == "alive\n")
            #expect(try await ask(place, "GET", "HTTP://localhost/readyz?").code == "503")
            #expect(try await ask(place, "GET", own + "/api/v1/history?limit=x").code == "400")
            #expect(try await ask(place, "GET", "http://evil.example/healthz").code == "421")
        }
    }

    @Test("who asks before sending a body is told to go on at once, or that it is too much")
    func expectations() async throws {
        let node = Node()
        try await withServer(node, secret: Self.secret) { (place: ListenAddress) async throws in
            func head(_ length: Int) async throws -> String {
                let script = """
                    import socket
                    s = socket.create_connection(("\(place.host)", \(place.port)), 20)
                    s.sendall(b"POST /hooks/git HTTP/1.1\\r\\nHost: localhost\\r\\nX-Gitlab-Token: 0123456789abcdef\\r\\n"
                        b"Expect: 100-Continue\\r\\nContent-Length: \(length)\\r\\n\\r\\n")
                    first = s.recv(65536)
                    if first.startswith(b"HTTP/1.1 100 "):
                        s.sendall(b"x" * \(length))
                        first += s.recv(65536)
                    print(first.decode())
                    """
                return try await Command("python3", ["-c", script], limit: .seconds(60)).run().orThrow().text
            }
            let taken = try await head(5)
            #expect(taken.hasPrefix("HTTP/1.1 100 Continue") && taken.contains("HTTP/1.1 202") && node.pushes == 1, "\(taken)")
            #expect(try await head(30 << 20).hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test("a body larger than any push is not taken, and the server goes on")
    func tooLarge() async throws {
        let node = Node()
        try await withServer(node, secret: Self.secret) { (place: ListenAddress) async throws in
            let answer = try await ask(place, "POST", "/hooks/git", [UInt8](repeating: 0x20, count: 27 << 20), ["X-Gitlab-Token": "0123456789abcdef"])
            #expect(answer.code == "413" || answer.code == "none", "\(answer)")  // the client may still be sending
            #expect(node.pushes == 0)
            #expect(try await ask(place, "GET", "/healthz").code == "200")
        }
    }

    @Test("without a secret no push is taken; who is not ready says why; metrics are there")
    func others() async throws {
        let node = Node()
        try await withServer(node) { (place: ListenAddress) async throws in
            #expect(try await ask(place, "POST", "/hooks/git", [], ["X-Gitlab-Token": ""]).code == "404")
            #expect(node.pushes == 0)
            let ready = try await ask(place, "GET", "/readyz")
            #expect(ready.code == "503" && ready.text == "the daemon has only just started\n")
            #expect(try await ask(place, "GET", "/metrics").text.contains("coxswain_build_info{version=\"1.0\"} 1\n"))
        }
    }

    /// In one client: connections of each of these kinds, then how long an answer takes meanwhile, and how many connections the server has closed at last.
    private static let crowd = """
        import select, socket, sys, time, urllib.request
        place = (sys.argv[1], int(sys.argv[2]))
        def client(words):
            s = socket.socket()
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            s.connect(place)
            s.sendall(words)
            return s
        kinds = [
            b"", b"GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nX-Slow: ", b"POST /hooks/git HTTP/1.1\\r\\nContent-Length: 100000\\r\\n\\r\\nx",
            b"GET /api/v1/openapi.json HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n\\r\\n" * 40,
        ]
        crowd = [client(kinds[n % len(kinds)]) for n in range(200)]
        slowest = 0
        for turn in range(20):
            for s in crowd[1::4]:
                try: s.sendall(b"x")  # little by little
                except OSError: pass
            begun = time.time()
            for path in ("/healthz", "/api/v1/status", "/metrics"): urllib.request.urlopen("http://%s:%d%s" % (*place, path), timeout=10).read()
            slowest = max(slowest, time.time() - begun)
            time.sleep(0.1)
        time.sleep(4)
        def isClosed(s):
            s.settimeout(1)
            try:
                while s.recv(65536): pass
                return True
            except ConnectionError: return True
            except OSError: return False
        print(round(slowest, 1), sum(map(isClosed, crowd)))
        """

    @Test("200 clients that say nothing, speak or read little by little keep nobody waiting, and are shown out")
    func slow() async throws {
        try await withServer(secret: Self.secret, patience: .seconds(3)) { (place: ListenAddress) async throws in
            let output = try await Command("python3", ["-c", Self.crowd, place.host, "\(place.port)"], limit: .seconds(120)).run().orThrow()
            let figures = output.text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
            #expect(figures.count == 2 && figures[0] < 5 && figures[1] == 200, "\(output.text)")
            #expect(try await ask(place, "GET", "/healthz").code == "200")
        }
    }

    @Test("headers beyond any measure are not taken", arguments: [("A", 20_000, 1), ("A", 100, 300), ("A", 1000, 90)])
    func headers(_ name: String, _ size: Int, _ count: Int) async throws {
        try await withServer { (place: ListenAddress) async throws in
            let headers = Dictionary(uniqueKeysWithValues: (1...count).map { ("\(name)\($0)", String(repeating: "x", count: size)) })
            #expect(["400", "none"].contains(try await ask(place, "GET", "/healthz", [], headers).code))
            #expect(try await ask(place, "GET", "/healthz").code == "200")
        }
    }

    @Test("where somebody listens already, and where this host has no address, nobody can listen")
    func taken() async throws {
        let node = Node()
        try await withServer(node, secret: Self.secret) { (place: ListenAddress) async throws in
            await #expect(throws: (any Error).self) { try await WebServer(at: place, node, Feed(), secret: nil).run() }
        }
        await #expect(throws: (any Error).self) { try await WebServer(at: ListenAddress("192.0.2.7:9180"), Node(), Feed(), secret: nil).run() }
    }
}
