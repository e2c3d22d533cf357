import Host
import Testing

/// deploy/git/pre-receive, as a git server runs it.
@Suite("The git server's hook")
struct ServerHookTests {
    private let repository: Repository
    private let directory: Directory

    init() async throws {
        directory = try await Directory()
        repository = try await Repository(in: directory.path)
        let program = FileTree().parent(of: Coxswain.program)
        let hook = "#!/bin/sh\nPATH=\(program):$PATH\nexport PATH\nexec \(Lab.package)/deploy/git/pre-receive\n"
        try FileTree().write(Array(hook.utf8), to: repository.path + "/hooks/pre-receive", mode: 0o755)
        try repository.write(Text.options + Text.dummy("a"), to: "crm/all.crm")
        try await repository.push("The first")
    }

    private func refusal(_ words: String...) async throws -> String? {
        let output = try await Command("git", ["push", "origin"] + words, directory: repository.checkout, limit: .seconds(60)).run()
        return output.succeeded ? nil : output.error
    }

    private func commit(_ text: String, to file: String = "crm/all.crm") async throws {
        try repository.write(text, to: file)
        try await repository.git("add", "--all")
        try await repository.git("commit", "-q", "-m", "edit")
    }

    @Test("what validate calls an error is not taken, with the reason; what it only warns of is")
    func refused() async throws {
        try await commit("primitiv b Dummy\n")
        let words = try #require(try await refusal("HEAD:main"))
        #expect(words.contains("crm/all.crm:1:1: error[CXS001]") && words.contains("on main is refused"), "\(words)")
        #expect(try await repository.git("--git-dir", repository.path, "log", "--format=%s", "main") == "The first")
        try await commit(Text.options + Text.dummy("b"))
        #expect(try await refusal("HEAD:main") == nil)
    }

    @Test("no attribute hides a file, and tags and branches that go are let through")
    func attributes() async throws {
        try await commit("crm/bad.crm export-ignore\n", to: ".gitattributes")
        try await commit("primitiv b Dummy\n", to: "crm/bad.crm")
        #expect(try await refusal("HEAD:refs/heads/other")?.contains("crm/bad.crm:1:1") == true)
        #expect(try await refusal("HEAD:refs/tags/v1") == nil)
        #expect(try await refusal("origin/main:refs/heads/next") == nil)
        #expect(try await refusal(":refs/heads/next") == nil)
    }

    @Test("only the branches and directories that are named are looked at")
    func configured() async throws {
        try await repository.git("--git-dir", repository.path, "config", "coxswain.branches", "prod/* live")
        try await repository.git("--git-dir", repository.path, "config", "coxswain.paths", "clusters/a clusters/b")
        try await commit("primitiv b Dummy\n")
        #expect(try await refusal("HEAD:live") == nil)  // the root is nobody's
        try await commit("primitiv b Dummy\n", to: "clusters/b/crm/all.crm")
        #expect(try await refusal("HEAD:draft") == nil)
        #expect(try await refusal("HEAD:prod/x")?.contains("clusters/b/crm/all.crm:1:1") == true)
    }
}

extension FileTree {
    fileprivate func parent(of path: String) -> String { path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } }
}
