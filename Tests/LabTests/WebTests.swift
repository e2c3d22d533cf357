import Host
import Testing

extension OnLab {
    /// The page, the interface and the notifications of real daemons.
    @Suite("Asked by browsers and programs")
    struct WebTests {
        private static let place = "http://127.0.0.1:9180"
        private static let schemas = "\(#filePath)".split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/deploy/schemas/openapi.json"

        @Test("what a node knows is answered as the document says; 200 slow clients hold up neither a commit nor who asks; who is to be told is told")
        func web() async throws {
            try await Fleet.with { fleet in
                let first = try await fleet.begin("a", with: ["--listen", "127.0.0.1:9180", "--config", try configuration(fleet)])
                try await answers(first, fleet)
                try fleet.repository.edit("crm/resources.crm", "fake=a", "fake=b")
                let heard = Task { try await listen(fleet) }
                let slow = Task { try await crowd(fleet) }
                try await eventually("the crowd is there") { try await fleet.lab.holds("alpha", "test -e '\(fleet.directory)/crowd'") }
                let commit = try await fleet.push("While many ask")
                #expect(try await fleet.lab.sh("alpha", "crm_resource -r a --get-parameter fake") == "b")
                let slowest = try #require(Double(try await slow.value.orThrow().text.trimmed))
                #expect(slowest < 10, "an answer took \(slowest) s")
                let stream = try await heard.value
                // The transaction is the DC's, which may be the other node: then there may be nothing left to plan here.
                for event in ["found", "converged"] {
                    #expect(stream.contains("\"event\":\"\(event)\""), "\(event): \(stream)")
                }
                try await told(commit, fleet)
            }
        }

        private func configuration(_ fleet: Fleet) throws -> String {
            let (program, file) = (fleet.directory + "/tell", fleet.directory + "/node.yaml")
            try FileTree().write(Array("#!/bin/sh\ncat >> \"$0.told\"\n".utf8), to: program, mode: 0o755)
            try FileTree().write(Array("notify:\n  - events: [converged]\n    command: [\(program)]\n".utf8), to: file)
            return file
        }

        /// Validated by python3-jsonschema, against what the daemon itself answers with.
        private func answers(_ first: String, _ fleet: Fleet) async throws {
            let script = """
                import json, sys, urllib.request, jsonschema
                def ask(path): return urllib.request.urlopen("\(Self.place)" + path, timeout=30).read().decode()
                api = json.loads(ask("/api/v1/openapi.json"))
                assert api == json.load(open(sys.argv[1])), "another document"
                answers = {}
                for path, name in [("status", "Status"), ("history", "History"), ("events", "Events"), ("events?since=1h&commit=" + sys.argv[2][:8], "Events")]:
                    answers[path] = json.loads(ask("/api/v1/" + path))
                    jsonschema.Draft202012Validator({**api, "$ref": "#/components/schemas/" + name}).validate(answers[path])
                status, history, events = answers["status"], answers["history"]["commits"], answers["events"]["events"]
                assert status["commits"]["newest"] == status["commits"]["applied"] == status["commits"]["good"] == sys.argv[2], status
                assert {n["name"] for n in status["cluster"]["nodes"]} == {"alpha", "bravo"}, status
                assert [r["role"] for r in status["cluster"]["resources"]] == ["Started"], status
                assert history[0]["commit"] == sys.argv[2] and {(n["node"], n["result"]) for n in history[0]["notes"]} >= {("alpha", "converged")}, history
                assert {"found", "converged"} <= {e.get("event") for e in events}, events
                assert ask("/").startswith("<!doctype html>")
                assert 'coxswain_converged 1' in ask("/metrics")
                """
            try await eventually("alpha answers as it should") {
                let output = try await fleet.lab.on("alpha", ["/usr/bin/python3", "-c", script, Self.schemas, first])
                if !output.succeeded { try await Task.sleep(for: .seconds(1)) }
                if output.error.contains("ValidationError") { Issue.record("\(output.error)") }
                return output.succeeded
            }
        }

        private func listen(_ fleet: Fleet) async throws -> String {
            let script = """
                import urllib.request
                with urllib.request.urlopen("\(Self.place)/events", timeout=90) as stream:
                    for line in stream:
                        print(line.decode(), end="")
                        if b'"event":"converged"' in line: break
                """
            return try await fleet.lab.on("alpha", ["/usr/bin/python3", "-c", script], limit: .seconds(120)).orThrow().text
        }

        /// - Returns: how long the slowest answer took, to somebody who asks in the ordinary way meanwhile.
        private func crowd(_ fleet: Fleet) async throws -> Output {
            let script = """
                import socket, sys, time, urllib.request
                def client(words):
                    s = socket.create_connection(("127.0.0.1", 9180))
                    s.sendall(words)
                    return s
                kinds = [b"", b"GET / HTTP/1.1\\r\\nX-Slow: ", b"GET /api/v1/status HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n", b"GET /events HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"]
                crowd = [client(kinds[n % 4]) for n in range(200)]
                open(sys.argv[1], "w").close()
                slowest = 0
                for turn in range(40):
                    for s in crowd[1::4]:
                        try: s.sendall(b"x")
                        except OSError: pass
                    begun = time.time()
                    urllib.request.urlopen("\(Self.place)/healthz", timeout=30).read()
                    slowest = max(slowest, time.time() - begun)
                    time.sleep(0.25)
                print(slowest)
                """
            return try await fleet.lab.on("alpha", ["/usr/bin/python3", "-c", script, fleet.directory + "/crowd"], limit: .seconds(120))
        }

        private func told(_ commit: String, _ fleet: Fleet) async throws {
            try await eventually("each node tells that \(commit.prefix(8)) has converged") {
                let lines = (try? FileTree().read(fleet.directory + "/tell.told")).map { String(decoding: $0, as: UTF8.self) } ?? ""
                return Set(["alpha", "bravo"]).isSubset(
                    of: lines.split(separator: "\n").filter { $0.contains(commit) && $0.contains("\"event\":\"converged\"") }
                        .compactMap { $0.firstMatch(of: /"node":"(\w+)"/).map { String($0.output.1) } })
            }
        }
    }
}
