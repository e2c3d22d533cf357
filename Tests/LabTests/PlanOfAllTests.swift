import Host
import Testing

/// One repository with several clusters, each with a CIB in a file.
@Suite("The plans of all clusters")
struct PlanOfAllTests {
    private let directory: Directory
    private let repository: Repository

    init() async throws {
        directory = try await Directory()
        repository = try await Repository(in: directory.path)
        for name in ["a", "b", "c"] {
            try repository.write("cluster: \(name)\n", to: "clusters/\(name)/coxswain.yaml")
            try repository.write(Text.options + Text.dummy("vm"), to: "clusters/\(name)/crm/all.crm")
        }
        try await repository.push("Three clusters")
        for place in ["clusters/a.xml", "b.xml", "c.xml"] { try await empty(place) }
    }

    private func empty(_ place: String) async throws {
        let path = "\(directory.path)/cibs/\(place)"
        try FileTree().makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
        let text = try await Command("cibadmin", ["--empty"], limit: .seconds(60)).run().orThrow().bytes
        try FileTree().write(text, to: path)
    }

    private func all(_ words: String...) async throws -> Output {
        let place = ["--repo", repository.address, "--state-dir", directory.path + "/state", "--node", "n1", "--color", "never"]
        return try await Coxswain.run(["plan", "--all", "--cib", directory.path + "/cibs"] + words + place)
    }

    @Test("are a line each, by the path or the name of the cluster; one clone serves them all; the worst gives the exit code")
    func table() async throws {
        let output = try await all()
        #expect(output.status == .exited(2), "\(output.text)\(output.error)")
        for name in ["a", "b", "c"] { #expect(output.text.contains("clusters/\(name)"), "\(output.text)") }
        #expect(output.text.hasSuffix("3 clusters: 3 approved\n"), "\(output.text)")

        // The same as each plan by itself.
        let one = try await Coxswain.run([
            "apply", "--repo", repository.address, "--state-dir", directory.path + "/state", "--node", "n1", "--path", "clusters/a", "--cib",
            directory.path + "/cibs/clusters/a.xml",
        ])
        #expect(one.status == .exited(0), "\(one.error)")
        let after = try await all("--quick")
        #expect(after.status == .exited(2) && after.text.hasSuffix("3 clusters: 1 unchanged, 2 approved\n"), "\(after.text)\(after.error)")
        #expect(!after.text.contains("clusters/a "), "\(after.text)")
    }

    @Test("one that is wrong, and one without a CIB, keep nobody else from being planned")
    func faults() async throws {
        try repository.write("primitive vm ocf:pacemaker:Dummy\nlocation l nobody 100: n1\n", to: "clusters/b/crm/all.crm")
        try repository.write("cluster: d\n", to: "clusters/d/coxswain.yaml")
        try repository.write(Text.options, to: "clusters/d/crm/all.crm")
        try await repository.push("A mistake, and a cluster that nobody has dumped")
        let output = try await all("--output", "json")
        #expect(output.status == .exited(3))
        for part in [
            "\"path\" : \"clusters/b\"", "\"verdict\" : \"refused\"", "nobody", "has no clusters/d.xml, and no d.xml", "\"verdict\" : \"approved\"",
        ] {
            #expect(output.text.contains(part), "\(part) is missing: \(output.text)")
        }
    }

    @Test(
        "needs a directory of CIBs, and commits",
        arguments: [["--worktree", "--cib", "x"], [], ["--cib", "x", "--output", "crm"], ["--cib", "x", "--cluster", "a"]])
    func usage(_ words: [String]) async throws {
        let output = try await Coxswain.run(["plan", "--all", "--repo", repository.address] + words)
        #expect(output.status == .exited(64), "\(output.text)\(output.error)")
    }
}
