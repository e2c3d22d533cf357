import ClusterModel
import FoundationEssentials
import Host
import Presenting
import Serving
import Synchronization
import TestKit
import Testing

@testable import Notifying

@Suite("Notifications")
struct CourierTests {
    private static let secret = "s3cret-of-the-node"
    private static let commit = String(repeating: "4f", count: 20)

    /// What the courier has to say of each attempt to tell somebody something.
    private final class Reports: Sendable {
        private let all = Mutex<[String?]>([])
        var list: [String?] { all.withLock(\.self) }
        func add(_ trouble: String?) { all.withLock { $0.append(trouble) } }
    }

    private func entry(_ event: Occasion?, _ message: String = "4f4f4f4f4f converged", commit: String? = Self.commit) -> LogEntry {
        LogEntry(time: "2026-11-30T12:00:00Z", level: .info, message: message, event: event, commit: commit)
    }

    /// Tells all of it, and returns when that has been tried to the end.
    @discardableResult
    private func tell(_ rules: [NotificationRule], _ entries: [LogEntry], within limit: Duration = .seconds(60)) async -> [String?] {
        let reports = Reports()
        let courier = Courier(rules, node: "alpha", pauses: Array(repeating: .milliseconds(20), count: 4)) { _ in
            Self.secret
        } report: {
            reports.add($1)
        }
        for entry in entries { courier.take(entry) }
        await courier.close(within: limit)
        return reports.list
    }

    @Test("a webhook gets the event as JSON, signed as GitHub signs; what it has not asked for, it does not get")
    func webhook() async throws {
        let receiver = try await Receiver()
        let rule = NotificationRule(.webhook(url: receiver.address + "/hook", secret: "chat"), events: [.converged, .refused])
        let words = "refused: \"quoted\" \\ back\nsecond line \u{1B}[31m ${HOME} $(id)"
        let reports = await tell([rule], [entry(.found), entry(.converged), entry(nil), entry(.refused, words)])
        #expect(reports == [nil, nil])
        let taken = receiver.taken
        try #require(taken.count == 2)
        struct Body: Decodable { let version: Int, node, event, message, commit: String }
        let body = try JSONDecoder().decode(Body.self, from: Data(taken[1].body.utf8))
        #expect(body.version == 1 && body.node == "alpha" && body.event == "refused" && body.message == words && body.commit == Self.commit)
        for delivery in taken {
            let digest = HookSignature(secret: Array(Self.secret.utf8)).digest(of: Array(delivery.body.utf8))
            #expect(delivery.headers["x-hub-signature-256"] == "sha256=\(digest)" && delivery.headers["content-type"] == "application/json")
            #expect(
                !delivery.arguments.isEmpty && !delivery.arguments.joined().contains(Self.secret) && !delivery.arguments.joined().contains("4f4f"))
        }
    }

    @Test("who fails for a while is asked again, who refuses is not, who is not there is given up; each is said")
    func retries() async throws {
        let receiver = try await Receiver()
        func rule(_ url: String) -> NotificationRule { NotificationRule(.webhook(url: url, secret: nil)) }
        #expect(await tell([rule(receiver.address + "/flaky")], [entry(.converged)]) == ["the answer is 503; it is tried again", nil])
        #expect(receiver.taken.count == 3)
        #expect(await tell([rule(receiver.address + "/refuse")], [entry(.converged)]) == ["the answer is 404; that event is given up"])
        #expect(receiver.taken.count == 4)
        let nobody = await tell([rule("http://127.0.0.1:1/")], [entry(.converged)])
        #expect(nobody.count == 2 && nobody.allSatisfy { $0?.contains("connect") == true } && nobody[1]?.hasSuffix("given up") == true, "\(nobody)")
    }

    @Test(
        "a code host gets the state of the commit in its own words, each state once; the token is in no argument",
        arguments: [
            (CodeHost.github, ["pending", "success", "error"], "context", "authorization", "token "),
            (.gitea, ["pending", "success", "warning"], "context", "authorization", "token "),
            (.gitlab, ["running", "success", "canceled"], "name", "private-token", ""),
        ])
    func statuses(_ host: CodeHost, _ states: [String], _ context: String, _ header: String, _ before: String) async throws {
        let receiver = try await Receiver()
        let rule = NotificationRule(.status(host, url: receiver.address + "/repo", token: "host"))
        let long = "4f4f4f4f4f converged: " + String(repeating: "é", count: 300)
        let reports = await tell(
            [rule],
            [
                entry(.planned), entry(.planned), entry(.waiting), entry(.delayed), entry(.converged, long), entry(.superseded),
                entry(.refused, commit: nil),
            ])
        let taken = receiver.taken
        #expect(reports.allSatisfy { $0 == nil } && taken.map(\.path) == Array(repeating: "/repo/statuses/\(Self.commit)", count: 3))
        for (delivery, state) in zip(taken, states) {
            let body = try JSONDecoder().decode([String: String].self, from: Data(delivery.body.utf8))
            #expect(body["state"] == state && body[context] == "coxswain/alpha" && (body["description"]?.count ?? 999) <= 140, "\(body)")
            #expect(delivery.headers[header] == before + Self.secret && !delivery.arguments.joined().contains(Self.secret))
        }
    }

    @Test("the plan of a branch is a state of its own, whichever node has made it, and the text of a comment", arguments: [true, false])
    func proposal(_ isGood: Bool) async throws {
        let receiver = try await Receiver()
        let id = try #require(CommitID(Self.commit))
        let note = ProposalNote(
            ProposalNote.Base(id, onto: id, applied: nil), branch: "refs/heads/change/7", cluster: "lab", node: "alpha", time: "2026-11-30T12:00:00Z",
            verdict: isGood ? .approved : .conflicting, summary: "nothing to do", body: [])
        let entry = LogEntry(
            time: "2026-11-30T12:00:00Z", level: .info, message: "proposal", event: .proposal, commit: Self.commit, proposal: note)
        let status = NotificationRule(.status(.github, url: receiver.address + "/repo", token: "host"))
        let webhook = NotificationRule(.webhook(url: receiver.address + "/hook", secret: nil), events: [.proposal])
        for rule in [status, webhook] { #expect(await tell([rule], [entry]) == [nil]) }
        try #require(receiver.taken.count == 2)
        let state = try JSONDecoder().decode([String: String].self, from: Data(receiver.taken[0].body.utf8))
        #expect(state["state"] == (isGood ? "success" : "failure") && state["context"] == "coxswain/plan/lab", "\(state)")
        struct Body: Decodable { let event, markdown: String, proposal: [String: String] }
        let body = try JSONDecoder().decode(Body.self, from: Data(receiver.taken[1].body.utf8))
        #expect(body.event == "proposal" && body.markdown == note.text && body.proposal["branch"] == "refs/heads/change/7")
        // It is told, and not kept: a log has no room for it.
        #expect(!entry.json.contains("###") && entry.json.contains("change/7"))
    }

    @Test("a command reads the event, no shell reads its arguments; one process at a time, whoever is told")
    func commands() async throws {
        let scratch = try Scratch()
        let script =
            "#!/bin/sh\necho begin >> '\(scratch.path)/log'\nsleep 0.1\necho \"$1\" >> '\(scratch.path)/log'\ncat >> '\(scratch.path)/read'\necho end >> '\(scratch.path)/log'\n"
        let program = scratch.path + "/tell"
        try FileTree().write(Array(script.utf8), to: program, mode: 0o755)
        let rules = ["$(id);`id`", "two"].map { NotificationRule(.command([program, $0]), events: [.held]) }
        let reports = await tell(rules, (1...3).map { entry(.held, "event \($0) $(touch /tmp/never)") })
        #expect(reports == Array(repeating: nil, count: 6))
        let log = String(decoding: try scratch.read("log"), as: UTF8.self).split(separator: "\n")
        #expect(log.count == 18 && stride(from: 0, to: 18, by: 3).allSatisfy { log[$0] == "begin" && log[$0 + 2] == "end" }, "\(log)")
        #expect(log.filter { $0 == "$(id);`id`" }.count == 3)
        let read = try scratch.read("read").split(separator: UInt8(ascii: "\n"))
        #expect(read.count == 6 && (try? FileTree().kind(of: "/tmp/never")) == .some(nil))
        let failing = await tell([NotificationRule(.command(["/bin/false"])), NotificationRule(.command(["/nowhere"]))], [entry(.converged)])
        #expect(Set(failing.map { $0?.contains("exit code 1") == true }) == [true, false] && !failing.contains(nil), "\(failing)")
    }

    @Test("who tells never waits, however slow the listener is; what is behind is bounded, and given up at the end")
    func bounded() async throws {
        let courier = Courier(
            [NotificationRule(.command(["/bin/sleep", "60"]), events: [.held])], node: "alpha", secrets: { $0 }, report: { _, _ in })
        let begun = ContinuousClock.now
        for number in 1...20_000 { courier.take(entry(.held, "\(number)")) }
        #expect(ContinuousClock.now - begun < .seconds(5))
        await courier.close(within: .milliseconds(200))
        #expect(ContinuousClock.now - begun < .seconds(20))
    }

    @Test("curl reads its configuration as it is meant: nothing in a value can become another setting")
    func quoting() async throws {
        let receiver = try await Receiver()
        let body = "{\"a\":\"\\\"\\n\\\\ \\u001b output = /tmp/never # ' é\"}"
        try await CurlRequest(url: receiver.address + "/a?b=[1-3]&c={x,y}", headers: ["X-A: \"b\" \\ c"], body: body).send()
        let taken = receiver.taken
        #expect(taken.map(\.body) == [body] && taken.first?.headers["x-a"] == "\"b\" \\ c" && taken.first?.path == "/a?b=[1-3]&c={x,y}")
    }
}
