import Host
import Testing

/// A cluster whose nodes all follow one repository.
struct Fleet: Sendable {
    let lab: Lab
    let repository: Repository
    let daemons: [DaemonProcess]
    /// For what a test has to leave lying about; seen by all nodes.
    let directory: String

    /// A cluster for the time of the closure, its repository filled and pushed, nobody following it yet.
    static func with(
        _ nodes: [String] = ["alpha", "bravo"], _ body: (Fleet) async throws -> Void
    ) async throws {
        let directory = try await Directory()
        let repository = try await Repository(in: directory.path)
        try repository.write("health:\n  stable: 1\n", to: "coxswain.yaml")  // nobody waits here for what goes wrong late
        try await Lab.with(nodes) { lab in
            let daemons = nodes.map { DaemonProcess(on: $0, of: lab, following: repository, logging: directory.path) }
            do {
                try await body(Fleet(lab: lab, repository: repository, daemons: daemons, directory: directory.path))
            } catch {
                for daemon in daemons { Issue.record("the log of \(daemon.node):\n\(daemon.log)") }
                throw error
            }
            for daemon in daemons { try await daemon.crash() }
        }
        withExtendedLifetime(directory) {}
    }

    func start(finding programs: String = "", with words: [String] = []) async throws {
        for daemon in daemons { try await daemon.start(finding: programs, with: words) }
    }

    /// Puts a program in the way of one of Pacemaker's, on every node that is started with the directory returned.
    func shadow(_ name: String, of home: String = "/usr/sbin", with script: String) throws -> String {
        let programs = directory + "/programs"
        try FileTree().makeDirectory(programs)
        try FileTree().write(
            Array("#!/bin/sh\n\(script)\nexec \(home)/\(name) \"$@\"\n".utf8), to: "\(programs)/\(name)", mode: 0o755)
        return programs
    }

    /// A cluster of resources that cost nothing, up and converged.
    @discardableResult
    func begin(_ resources: String..., with words: [String] = []) async throws -> String {
        try repository.write(Text.options, to: "crm/options.crm")
        try repository.write(resources.map { Text.dummy($0) }.joined(), to: "crm/resources.crm")
        try await start(with: words)
        return try await push("The first")
    }

    subscript(node: String) -> DaemonProcess {
        get throws { try #require(daemons.first { $0.node == node }) }
    }

    /// Pushes the edits, and waits until every node has written the result in its note.
    @discardableResult
    func push(_ message: String, _ result: String = "converged", limit: Duration = .seconds(90)) async throws -> String {
        let commit = try await repository.push(message)
        try await noted(result, on: commit, limit: limit)
        return commit
    }

    func noted(_ result: String, on commit: String, limit: Duration = .seconds(90)) async throws {
        try await eventually("every node notes that \(commit.prefix(8)) is \(result)", within: limit) {
            for node in lab.nodes where try await repository.results(on: commit, by: node).last != result {
                return false
            }
            return true
        }
    }

    /// `coxswain plan` on a node, beside the one that runs there.
    func plan(on node: String? = nil, _ words: [String] = []) async throws -> Output {
        let node = node ?? lab.nodes[0]
        let state = "/run/coxswain-plan"
        return try await lab.on(
            node,
            [
                Coxswain.program, "plan", "--repo", repository.path, "--state-dir", state, "--cluster", "lab",
                "--color", "never",
            ] + words)
    }

    /// A second plan is empty on every node.
    func expectNothingToDo(at revision: String? = nil, _ location: SourceLocation = #_sourceLocation) async throws {
        for node in lab.nodes {
            let plan = try await plan(on: node, revision.map { ["--revision", $0] } ?? [])
            #expect(plan.status == .exited(0), "on \(node):\n\(plan.text)\(plan.error)", sourceLocation: location)
        }
    }
}

/// A directory that nodes and tests both see, gone with the test.
final class Directory: Sendable {
    let path: String

    init() async throws {
        path = try await Command("mktemp", ["-d", "/tmp/coxswain-lab-XXXXXX"]).run().orThrow().text.trimmed
    }

    deinit { try? FileTree().removeAll(path) }
}

/// Looks again and again until the world is so.
func eventually(_ what: String, within limit: Duration = .seconds(60), _ holds: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !holds() {
        guard ContinuousClock.now < deadline else { throw NeverSo(what: what, limit: limit) }
        try await Task.sleep(for: .milliseconds(100))
    }
}

struct NeverSo: Error, CustomStringConvertible {
    let what: String
    let limit: Duration
    var description: String { "after \(limit) this was still not so: \(what)" }
}
