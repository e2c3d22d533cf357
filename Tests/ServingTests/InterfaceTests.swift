import FoundationEssentials
import Host
import Records
import TestKit
import Testing

@testable import Presenting
@testable import Serving

@Suite("The interface for programs")
struct InterfaceTests {
    private static let file = "\(#filePath)".split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/deploy/schemas/openapi.json"

    /// python3-jsonschema, the reference: whether an answer is as the document says.
    private func complaints(about answers: [(schema: String, text: String)]) async throws -> String {
        let script = """
            import json, sys, jsonschema
            api = json.load(open(sys.argv[1]))
            for answer in json.load(sys.stdin):
                schema = {**api, "$ref": "#/components/schemas/" + answer["schema"]}
                jsonschema.Draft202012Validator.check_schema(api["components"]["schemas"][answer["schema"]])
                for error in jsonschema.Draft202012Validator(schema).iter_errors(json.loads(answer["text"])):
                    print(answer["schema"], list(error.absolute_path), error.message)
            """
        let input = try JSONEncoder().encode(answers.map { ["schema": $0.schema, "text": $0.text] })
        return try await Command("/usr/bin/python3", ["-c", script, Self.file], input: Array(input), limit: .seconds(60)).run().orThrow().text
    }

    private func node() throws -> Node {
        let history = try [
            HistoryEntry.example(NodeStatus.first, "Add xps-103", ("alpha", .failed, "one\ntwo")),
            HistoryEntry.example(NodeStatus.second, "Begin", ("alpha", .converged, nil), ("bravo", .rolledBack, "b did not start")),
        ]
        return Node(history: history, events: LogEntry.examples, plan: PlanDocument.example())
    }

    @Test("each answer is as the document says, and holds what the node holds; passwords are in none")
    func answers() async throws {
        try await withServer(try node(), secret: Array("0123456789abcdef".utf8)) { (place: ListenAddress) async throws in
            var answers: [(schema: String, text: String)] = []
            for (path, schema) in [("status", "Status"), ("history", "History"), ("events", "Events"), ("plan", "Plan")] {
                let answer = try await ask(place, "GET", "/api/v1/\(path)")
                #expect(answer.code == "200" && answer.headers["content-type"] == "application/json")
                #expect(!answer.text.contains(PlanDocument.secret) && !answer.text.contains("0123456789abcdef"))
                answers.append((schema, answer.text))
            }
            #expect(try await complaints(about: answers) == "")
            let status = try JSONDecoder().decode(NodeStatus.self, from: Data(answers[0].text.utf8))
            #expect(status == .example)
            let plan = try JSONDecoder().decode(PlanDocument.self, from: Data(answers[3].text.utf8))
            #expect(plan == PlanDocument.example() && !plan.changes.isEmpty)
            let document = String(decoding: try FileTree().read(Self.file, limit: 1 << 20), as: UTF8.self)
            #expect(try await ask(place, "GET", "/api/v1/openapi.json").text.hasPrefix(document))
        }
    }

    @Test("the document is an answer's measure: what it does not know, or knows otherwise, is found")
    func measure() async throws {
        let broken = NodeStatus.example.json.replacing("\"isRepositoryHeard\" : true", with: "\"isRepositoryHeard\" : \"no\", \"more\" : 1")
        let found = try await complaints(about: [("Status", broken)])
        #expect(found.contains("isRepositoryHeard") && found.contains("more"), "\(found)")
        var suspended = NodeStatus.example
        suspended.suspension = Suspension(by: "root@alpha", reason: "a new kernel", since: 1_764_530_000, until: 1_764_537_200)
        let none = try await complaints(about: [("Status", suspended.json)])
        #expect(none.isEmpty, "\(none)")
    }

    @Test("every path, method and parameter of the server stands in the document, and no other")
    func paths() throws {
        struct Document: Decodable {
            struct Operation: Decodable { let parameters: [Parameter]? }
            struct Parameter: Decodable { let name: String, `in`: String }
            let paths: [String: [String: Operation]]
        }
        let document = try JSONDecoder().decode(Document.self, from: Data(FileTree().read(Self.file, limit: 1 << 20)))
        #expect(Set(document.paths.keys) == Set(Route.allCases.map(\.rawValue)))
        for route in Route.allCases {
            let operations = try #require(document.paths[route.rawValue])
            #expect(Set(operations.keys.map { $0.uppercased() }) == Set(route.methods), "\(route)")
            for operation in operations.values {
                let named = (operation.parameters ?? []).filter { $0.in == "query" }.map(\.name)
                #expect(Set(named) == route.parameters, "\(route)")
            }
        }
    }

    @Test(
        "what can't be told is said so, with what to do, and as JSON",
        arguments: [
            ("/api/v1/events?sinse=2h", "400", "commit, limit, since"), ("/api/v1/events?since=yesterday", "400", "2h"),
            ("/api/v1/events?commit=zz", "400", "four or more digits"), ("/api/v1/events?limit=0", "400", "1 to 5000"),
            ("/api/v1/events?limit=1&limit=2", "400", "twice"), ("/api/v1/history?limit=%zz", "400", "percent-encoded"),
            ("/api/v1/status?x=1", "400", "none"), ("/events?recent=501", "400", "0 to 500"), ("/api/v1/plan", "404", "no commit is in hand"),
            ("/api/v1/status", "503", "only just started"),
        ])
    func troubles(_ path: String, _ code: String, _ words: String) async throws {
        try await withServer(Node(status: nil)) { (place: ListenAddress) async throws in
            let answer = try await ask(place, "GET", path)
            #expect(answer.code == code && answer.text.contains(words), "\(answer)")
            #expect(try await complaints(about: [("Answer", answer.text)]) == "")
        }
    }

    private struct Events: Decodable { let events: [LogEntry] }

    private func events(_ place: ListenAddress, _ query: String) async throws -> [LogEntry] {
        let text = try await ask(place, "GET", "/api/v1/events\(query)").text
        return try JSONDecoder().decode(Events.self, from: Data(text.utf8)).events
    }

    @Test("events are chosen by time and commit")
    func chosen() async throws {
        try await withServer(try node()) { (place: ListenAddress) async throws in
            #expect(try await events(place, "") == LogEntry.examples)
            #expect(try await events(place, "?since=2026-11-30T11:58:03Z") == Array(LogEntry.examples[2...]))
            #expect(try await events(place, "?commit=4F4F4F") == [LogEntry.examples[0], LogEntry.examples[2]])
            #expect(try await events(place, "?limit=1") == [LogEntry.examples[3]])
        }
    }

    @Test("HEAD is GET without the body; another method is not allowed, and which one is, is said; nothing may be embedded, run or kept")
    func methods() async throws {
        try await withServer(try node()) { (place: ListenAddress) async throws in
            for route in Route.allCases where route != .hook {
                let head = try await ask(place, "HEAD", route.rawValue)
                #expect(head.text.isEmpty && ["200", "503"].contains(head.code), "\(route): \(head)")
                for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
                    let answer = try await ask(place, method, route.rawValue)
                    #expect(answer.code == "405" && answer.headers["allow"] == "GET, HEAD", "\(route): \(answer)")
                }
                for (name, value) in [("x-content-type-options", "nosniff"), ("cache-control", "no-store"), ("x-frame-options", "DENY")] {
                    #expect(head.headers[name] == value, "\(route): \(name)")
                }
                let policy = head.headers["content-security-policy"] ?? ""
                #expect(
                    policy.hasPrefix("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "\(policy)")
            }
            let whole = try await ask(place, "GET", "/api/v1/status")
            let head = try await ask(place, "HEAD", "/api/v1/status")
            #expect(head.headers["content-length"] == "\(whole.text.utf8.count)")
        }
    }

    @Test("however many ask at once, the cluster is looked at once")
    func shared() async throws {
        let node = Node()
        try await withServer(node) { (place: ListenAddress) async throws in
            let script = """
                import concurrent.futures, urllib.request
                with concurrent.futures.ThreadPoolExecutor(40) as pool:
                    print(set(pool.map(lambda _: urllib.request.urlopen("http://\(place.description)/api/v1/status").status, range(40))))
                """
            let output = try await Command("python3", ["-c", script], limit: .seconds(60)).run().orThrow()
            #expect(output.text == "{200}\n")
            #expect((1...3).contains(node.looks), "\(node.looks)")  // a slow machine may take longer than an answer lasts
        }
    }
}
