import Diagnostics
import FoundationEssentials
import Glibc
import Host
import Reconciling
internal import Records
import Synchronization
import TestKit
import Testing

@testable import Presenting
@testable import Serving

@Suite("The socket")
struct ControlSocketTests {
    /// Takes down what it is asked.
    private final class Clerk: Desk {
        private let asked = Mutex<[Event.Request]>([])
        private let known: NodeStatus?

        init(knowing status: NodeStatus?) { known = status }

        var requests: [Event.Request] { asked.withLock(\.self) }

        func status() async throws -> NodeStatus {
            guard let known else { throw Finding.error("the daemon has only just started") }
            return known
        }

        func answer(to request: Event.Request) async -> String {
            asked.withLock { $0.append(request) }
            return "heard \(request.name)"
        }
    }

    private func withServer(
        _ desk: Clerk, _ body: (ControlClient) async throws -> Void
    ) async throws {
        let scratch = try Scratch()
        let serving = Task { try await ControlServer(stateDirectory: scratch.path, desk).run() }
        let tree = FileTree(root: scratch.path)
        try await until { tree.mode(of: "/socket") == 0o660 }
        try await body(ControlClient(stateDirectory: scratch.path))
        serving.cancel()
        _ = await serving.result
        #expect(try tree.kind(of: "/socket") == nil, "the socket is left behind")
    }

    @Test("what a daemon knows arrives whole, requests are answered in words; only root and the group may ask")
    func roundTrip() async throws {
        let status = Self.status
        let desk = Clerk(knowing: status)
        try await withServer(desk) { client in
            let told = try await client.status()
            #expect(told == status)
            for request in [Event.Request.reconcile, .resume] {
                let answer = try await client.ask(request)
                #expect(answer == "heard \(request.name)")
            }
            #expect(desk.requests == [.reconcile, .resume])
            await #expect(throws: Finding.self) { _ = try await client.ask(.rollback) }
        }
    }

    @Test("a daemon that can't tell yet says so; where none runs the remedy is named; a path too long is refused")
    func troubles() async throws {
        try await withServer(Clerk(knowing: nil)) { client in
            let error = await #expect(throws: Finding.self) { _ = try await client.status() }
            #expect(error?.message.contains("only just started") == true)
        }
        let nobody = await #expect(throws: Finding.self) { _ = try await ControlClient(stateDirectory: "/nowhere").status() }
        #expect(nobody?.remedy?.contains("systemctl start coxswain") == true)
        let long = "/" + String(repeating: "x", count: 120)
        let refused = await #expect(throws: Finding.self) { try await ControlServer(stateDirectory: long, Clerk(knowing: nil)).run() }
        #expect(refused?.message.contains("too long") == true)
    }

    @Test("many ask at once, and each gets an answer")
    func crowd() async throws {
        try await withServer(Clerk(knowing: Self.status)) { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...30 {
                    group.addTask {
                        let node = try await client.status().node
                        #expect(node == "alpha")
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    private static let status = NodeStatus(
        node: "alpha", program: "0.1.0", time: "2026-11-30T12:00:00Z", repository: "ssh://git.example.org/ha.git", isRepositoryHeard: true,
        suspension: nil, commits: .init(newest: "4f1c", subject: "Add \u{1B}[31m xps-101"),
        work: .init(activity: "at rest", steps: [], wait: .init(name: "gate", reason: String(repeating: "no quorum\n", count: 20_000), seconds: 4)),
        holds: [.init(object: "xps-101", holder: "operator", class: "resource-state", path: "target-role", live: "Stopped", wanted: nil)],
        last: .init(commit: "4f1c", result: "converged", text: ""))
}

extension FileTree {
    fileprivate func mode(of path: String) -> UInt32? {
        var status = stat()
        return stat(location(of: path), &status) == 0 ? status.st_mode & 0o777 : nil
    }

    @Test("a suspension of a word that nobody knows is none, and nobody's name is somebody")
    func mistyped() throws {
        func wish(_ text: String) -> SuspensionWish? { try? JSONDecoder().decode(SuspensionWish.self, from: Data(text.utf8)) }
        #expect(wish(#"{"second": 60}"#) == nil && wish(#"{"seconds": 60, "for": "2h"}"#) == nil)
        #expect(wish(#"{"seconds": 60, "by": ""}"#)?.suspension(at: 0)?.by == "somebody")
        #expect(wish("{}")?.suspension(at: 0)?.until == nil)
        let own = SuspensionWish(seconds: 60, by: "a@b", reason: "why")
        #expect(try JSONDecoder().decode(SuspensionWish.self, from: JSONEncoder().encode(own)).reason == "why")
    }
}
