import FoundationEssentials
import Host
import Testing

/// Where a rollback goes by itself.
@Suite("Going back, on a CIB in a file")
struct FileModeRollbackTests {
    private struct Answer: Decodable {
        let commit, subject: String?
        let branch: String
        let isPushed: Bool
    }

    private static func answer(_ output: Output) throws -> Answer { try JSONDecoder().decode(Answer.self, from: Data(output.bytes)) }

    /// As somebody who may push.
    private func coxswain(_ bench: FileBench, _ part: String, _ words: [String]) async throws -> Output {
        let names = ["AUTHOR", "COMMITTER"].flatMap { [("GIT_\($0)_NAME", "person"), ("GIT_\($0)_EMAIL", "person@example.org")] }
        return try await Coxswain.run(
            words + ["--path", part, "--cib", "\(bench.directory.path)/\(part).xml", "--node", "n1", "--repo", bench.repository.address]
                + ["--state-dir", bench.directory.path + "/own"],
            environment: Dictionary(uniqueKeysWithValues: names))
    }

    private func apply(_ bench: FileBench, _ part: String, status: Int32 = 0) async throws {
        let output = try await coxswain(bench, part, ["apply"])
        #expect(output.status == .exited(status), "\(output.error)")
    }

    private func rollback(_ bench: FileBench, _ part: String, _ words: String...) async throws -> Output {
        try await coxswain(bench, part, ["rollback", "--output", "json"] + words)
    }

    @Test("it goes to the last commit that this very cluster was well with, and that says something else of its directory")
    func otherClusters() async throws {
        let bench = try await FileBench()
        for part in ["a", "b"] {
            try FileTree().write(try bench.bytes(), to: "\(bench.directory.path)/\(part).xml")
            try bench.repository.write("cluster: \(part)\n", to: "\(part)/coxswain.yaml")
            try bench.repository.write(Text.options + Text.dummy("x"), to: "\(part)/crm/all.crm")
        }
        let first = try await bench.repository.push("Both")
        for part in ["a", "b"] { try await apply(bench, part) }
        // Broken on a, and b is well with it.
        try bench.repository.write(Text.options + Text.dummy("x") + "location l nobody inf: n1\n", to: "a/crm/all.crm")
        try bench.repository.write(Text.options + Text.dummy("x") + Text.dummy("y"), to: "b/crm/all.crm")
        try await bench.repository.push("Broken on a")
        try await apply(bench, "a", status: 3)
        try await apply(bench, "b")
        try bench.repository.write(Text.options + Text.dummy("x") + Text.dummy("z"), to: "a/crm/all.crm")
        try await bench.repository.push("Mended on a")
        try await apply(bench, "a")

        // The newest commit is not about b: what is taken back is the one before.
        let other = try Self.answer(await rollback(bench, "b", "--dry-run").orThrow())
        #expect(other.subject == "Go back to \"Both\"" && !other.isPushed && other.commit != nil)

        let before = try bench.repository.text(of: "b/crm/all.crm")
        #expect(try await rollback(bench, "a").status == .exited(64), "nobody can be asked in JSON")
        let done = try Self.answer(await rollback(bench, "a", "--yes").orThrow())
        #expect(done.subject == "Go back to \"Both\"" && done.isPushed && done.branch == "main")
        try await bench.repository.git("pull", "-q", "origin", "main")
        #expect(try await bench.repository.git("show", "HEAD:a/crm/all.crm") == bench.repository.git("show", "\(first):a/crm/all.crm"))
        #expect(try bench.repository.text(of: "b/crm/all.crm") == before)
        try await apply(bench, "a")
    }

    @Test("with nowhere to go back to it says so, and that is no success")
    func nowhere() async throws {
        let bench = try await FileBench()
        #expect(try await bench.coxswain("apply").status == .exited(0))
        try bench.repository.write("Read me.\n", to: "README.md")
        try await bench.repository.push("Only words")
        let output = try await bench.coxswain("rollback", "--dry-run")
        #expect(output.status == .exited(1) && output.error.contains("no commit before"), "\(output.error) \(output.text)")
    }

    @Test(
        "A wrong file of the node is a matter of usage, for every command: systemd does not try it again",
        arguments: ["intervall: 5", "repo:\n  - x", "repo: ''", "listen: 9180", "proposals: change/*", "notify: 5", "\trepo: x"])
    func misconfigured(text: String) async throws {
        let directory = try await Directory()
        let path = directory.path + "/coxswain.yaml"
        let line = text.contains("repo") ? text : "repo: /nowhere/ha.git\n" + text
        try FileTree().write(Array((line + "\n").utf8), to: path)
        let output = try await Coxswain.run(["run", "--config", path, "--state-dir", directory.path + "/state"])
        #expect(output.status == .exited(64), "\(output.error)")
    }
}
