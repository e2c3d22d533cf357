import Host
import Testing

/// On a CIB in a file, with a real repository: neither daemons nor a cluster.
@Suite("What was changed by hand becomes a commit")
struct AdoptTests {
    private static let identity = [
        "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
    ]

    private let bench: FileBench

    init() async throws { bench = try await FileBench() }

    private func adopt(_ words: String...) async throws -> Output {
        let place = ["--cib", bench.cib, "--node", "n1", "--cluster", "lab", "--repo", bench.repository.address, "--state-dir", own]
        return try await Coxswain.run(["adopt"] + words + place, environment: Self.identity)
    }

    private var own: String { bench.directory.path + "/own" }

    private func plan() async throws -> Output {
        try await Coxswain.run([
            "plan", "--cib", bench.cib, "--node", "n1", "--cluster", "lab", "--repo", bench.repository.address, "--state-dir", own,
        ])
    }

    /// As a person on the cluster, with Pacemaker's own tool.
    private func crm(_ xpath: String, _ xml: String) async throws {
        let command = Command(
            "cibadmin", ["--modify", "--allow-create", "--xpath", xpath, "--xml-text", xml], environment: ["CIB_file": bench.cib], limit: .seconds(20)
        )
        _ = try await command.run().orThrow()
    }

    private func stopped() async throws {
        #expect(try await bench.coxswain("apply").status == .exited(0))
        try await crm(
            "//primitive[@id='a']",
            "<primitive id='a'><meta_attributes id='a-m'><nvpair id='a-m-t' name='target-role' value='Stopped'/></meta_attributes></primitive>")
    }

    @Test("what refers to something that nobody declares is not pushed without it")
    func incomplete() async throws {
        #expect(try await bench.coxswain("apply").status == .exited(0))
        try await crm(
            "//resources",
            "<resources><clone id='c'><primitive id='new' class='ocf' provider='pacemaker' type='Dummy'/></clone></resources>")
        try await crm("//constraints", "<constraints><rsc_order id='o' first='a' then='c'/></constraints>")
        let dry = try await adopt("o", "--dry-run")
        #expect(dry.status == .exited(3) && dry.error.contains("\"c\""), "\(dry.text)\(dry.error)")
        let refused = try await adopt("o", "--yes")
        #expect(refused.status == .exited(3) && refused.error.contains("\"c\""), "\(refused.text)\(refused.error)")
        #expect(try await bench.repository.git("ls-remote", "--heads", "origin").split(separator: "\n").count == 1)
        let whole = try await adopt("o", "c", "new", "--output", "json", "--yes")
        #expect(whole.status == .exited(0) && whole.text.contains("\"isPushed\" : true"), "\(whole.text)\(whole.error)")
    }

    @Test("on a branch for review; when it is merged nothing is held, and nothing to do")
    func adopted() async throws {
        try await stopped()
        let tip = try await bench.repository.git("rev-parse", "HEAD")
        let dry = try await adopt("a", "--dry-run")
        #expect(dry.status == .exited(0) && dry.text.contains("target-role=Stopped") && dry.text.contains("0 held"), "\(dry.text)\(dry.error)")
        let unasked = try await adopt("a")
        #expect(unasked.status == .exited(1) && unasked.error.contains("nothing was pushed"), "\(unasked.text)\(unasked.error)")
        #expect(try await bench.repository.git("ls-remote", "--heads", "origin").split(separator: "\n").count == 1)
        let output = try await adopt("a", "--yes", "--branch", "change/7")
        #expect(output.status == .exited(0), "\(output.text)\(output.error)")
        try await bench.repository.git("fetch", "-q", "origin")
        #expect(try await bench.repository.git("rev-parse", "origin/change/7^") == tip)
        #expect(try await bench.repository.git("rev-parse", "origin/main") == tip)
        let message = try await bench.repository.git("log", "-1", "--format=%B", "origin/change/7")
        #expect(message.contains("Adopt a") && message.contains("a: held by an operator (meta target-role)") && message.contains("Adopted by "))
        try await bench.repository.git("merge", "-q", "--ff-only", "origin/change/7")
        try await bench.repository.git("push", "-q", "origin", "HEAD:main")
        let plan = try await plan()
        #expect(plan.status == .exited(0) && plan.text.contains("Nothing to do, but for the record of the commit; 0 held"), "\(plan.text)")
    }

    @Test("again it is the same branch; the watched one, another's and a name that is none are refused; without a push nothing goes out")
    func branches() async throws {
        try await stopped()
        let first = try await adopt("a", "--yes")
        #expect(first.status == .exited(0) && first.text.contains("is pushed to coxswain/adopt-"), "\(first.text)\(first.error)")
        let second = try await adopt("a", "--yes")
        #expect(second.status == .exited(0) && second.text.contains("says so already"), "\(second.text)\(second.error)")
        for (name, reason) in [("main", "the branch that the cluster follows"), ("a..b", "can't be the name of a branch")] {
            let output = try await adopt("a", "--yes", "--branch", name)
            #expect(output.status == .exited(1) && output.error.contains(reason), "\(output.error)")
        }
        try await bench.repository.git("push", "-q", "origin", "HEAD:refs/heads/mine")
        let other = try await adopt("a", "--yes", "--branch", "mine")
        #expect(other.status == .exited(1) && other.error.contains("with other contents"), "\(other.error)")
        let kept = try await adopt("a", "--no-push", "--branch", "kept")
        #expect(kept.status == .exited(0) && kept.text.contains("is made, and not pushed"), "\(kept.text)\(kept.error)")
        let heads = try await bench.repository.git("ls-remote", "--heads", "origin")
        #expect(heads.split(separator: "\n").count == 3 && !heads.contains("kept"))
        let nothing = try await adopt("nobody", "--yes")
        #expect(nothing.status == .exited(1) && nothing.error.contains("nothing that differs"), "\(nothing.error)")
    }
}
