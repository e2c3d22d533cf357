import FoundationEssentials
import Host
import TestKit
import Testing

@testable import Presenting
@testable import Serving

@Suite("The stream of events")
struct EventStreamTests {
    private func entry(_ number: Int) -> LogEntry {
        LogEntry(time: "2026-11-30T12:00:00Z", level: .info, message: "event \(number)\nof \u{2028} two lines", event: .found)
    }

    /// Reads so many lines that begin as asked, as a browser would read them.
    private func listen(_ place: ListenAddress, _ query: String = "", last: String? = nil, lines: Int, of beginning: String) async throws -> [String]
    {
        let script = """
            import http.client, sys
            c = http.client.HTTPConnection("\(place.host)", \(place.port), timeout=20)
            c.request("GET", "/events" + sys.argv[1], headers={"Last-Event-ID": sys.argv[2]} if sys.argv[2] else {})
            r = c.getresponse()
            assert r.status == 200 and r.getheader("Content-Type").startswith("text/event-stream"), r.status
            left = int(sys.argv[3])
            while left:
                line = r.readline().decode()
                assert line, "the stream ended"
                if line.startswith(sys.argv[4]):
                    sys.stdout.write(line)
                    left -= 1
            """
        let command = Command("python3", ["-c", script, query, last ?? "", "\(lines)", beginning], limit: .seconds(60))
        return try await command.run().orThrow().text.split(separator: "\n").map(String.init)
    }

    @Test("what happens is told while it happens, each event once and on one line; what was before, on demand")
    func live() async throws {
        let feed = Feed(after: [entry(1), entry(2), entry(3)])
        try await withServer(Node(), feed) { (place: ListenAddress) async throws in
            async let heard = listen(place, "?recent=2", lines: 4, of: "data: ")
            try await until { feed.listeners == 1 }
            feed.post(entry(4))
            feed.post(entry(5))
            let entries = try await heard.map { try JSONDecoder().decode(LogEntry.self, from: Data($0.dropFirst(6).utf8)) }
            #expect(entries == (2...5).map(entry))
            try await until {
                feed.post(entry(6))  // who is gone is noticed when something is to be told
                return feed.listeners == 0
            }
        }
    }

    @Test("who comes back hears what was missed, and no more; after a restart of the daemon all that is kept")
    func resuming() async throws {
        let feed = Feed(after: (1...5).map(entry))
        try await withServer(Node(), feed) { (place: ListenAddress) async throws in
            let ids = try await listen(place, "?recent=5", lines: 5, of: "id: ").map { String($0.dropFirst(4)) }
            #expect(Set(ids).count == 5)
            async let missed = listen(place, last: ids[2], lines: 3, of: "id: ")
            try await until { feed.listeners == 1 }
            feed.post(entry(6))
            #expect(try await missed.map { String($0.dropFirst(4)) }.prefix(2) == ids[3...])
            #expect(try await listen(place, last: "anotherlife-17", lines: 6, of: "id: ").count == 6)
        }
    }

    @Test("silence is broken now and then, so that nobody on the way takes it for an end")
    func heartbeat() async throws {
        try await withServer(Node(), Feed(), heartbeat: .milliseconds(50)) { (place: ListenAddress) async throws in
            #expect(try await listen(place, lines: 3, of: ":") == [":", ":", ":"])
        }
    }

    @Test("so many may listen, and no more; when one goes there is room again")
    func bounded() async throws {
        let feed = Feed()
        let all = (0..<Feed.mostListeners).compactMap { _ in feed.subscribe(after: nil, recent: 0) }
        try await withServer(Node(), feed) { (place: ListenAddress) async throws in
            #expect(all.count == Feed.mostListeners)
            let refused = try await ask(place, "GET", "/events")
            #expect(refused.code == "503" && refused.headers["retry-after"] != nil)
            feed.end(all[0])
            #expect(try await listen(place, lines: 1, of: "retry").count == 1)
        }
    }

    @Test("a listener that does not read is dropped, and holds up neither who tells nor who reads")
    func slow() async throws {
        let feed = Feed()
        try await withServer(Node(), feed, patience: .seconds(2), heartbeat: .milliseconds(200)) { (place: ListenAddress) async throws in
            let script = """
                import socket, time
                s = socket.socket()
                s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                s.connect(("\(place.host)", \(place.port)))
                s.sendall(b"GET /events HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n")
                time.sleep(30)
                """
            let sleeper = Task { try await Command("python3", ["-c", script], limit: .seconds(60)).run() }
            try await until { feed.listeners == 1 }
            let large = LogEntry(
                time: "2026-11-30T12:00:00Z", level: .info, message: String(repeating: String(repeating: "x", count: 400) + "\n", count: 30))
            let begun = ContinuousClock.now
            for _ in 1...2000 { feed.post(large) }
            #expect(ContinuousClock.now - begun < .seconds(10))
            try await until { feed.listeners == 0 }
            #expect(try await ask(place, "GET", "/healthz").code == "200")
            sleeper.cancel()
            _ = await sleeper.result
        }
    }
}
