import Host
import Testing

/// Values that only the node has, on their way into its files.
@Suite("Secrets of a host's files")
struct SecretTests {
    private static let planted = "Kennwort-7h1s"

    private static let resource = """
        resource r0 {
            net { shared-secret "secret:r0"; }
            device minor 7;
            disk /dev/vg0/r0;
            meta-disk internal;
            on alpha { address 192.0.2.1:7788; }
            on bravo { address 192.0.2.2:7788; }
        }

        """

    /// A host's files below a directory, a CIB in a file, and a repository.
    private struct Bench {
        let directory: Directory
        let repository: Repository
        var host: FileTree { FileTree(root: directory.path + "/host") }

        init() async throws {
            directory = try await Directory()
            repository = try await Repository(in: directory.path)
            try repository.write(SecretTests.resource, to: "drbd/r0.res")
            try await repository.push("A resource with a secret")
            try host.makeDirectory("/etc/drbd.d")
            let empty = try await Command("cibadmin", ["--empty"], limit: .seconds(30)).run().orThrow()
            try FileTree().write(empty.bytes, to: directory.path + "/cib.xml")
        }

        func coxswain(_ verb: String, _ words: [String] = []) async throws -> Output {
            let place = ["--repo", repository.address, "--state-dir", directory.path + "/state"]
            let cluster = ["--cib", directory.path + "/cib.xml", "--root", host.root, "--cluster", "lab", "--node", "alpha"]
            return try await Coxswain.run([verb] + words + place + cluster)
        }

        func give(_ secret: String, mode: UInt32 = 0o600) throws {
            try host.makeDirectory("/etc/coxswain/secrets", mode: 0o700)
            try host.remove("/etc/coxswain/secrets/r0")
            try host.write(Array(secret.utf8), to: "/etc/coxswain/secrets/r0", mode: mode)
        }

        /// The files that hold a text, wherever they are.
        func files(holding text: String) async throws -> Set<String> {
            let output = try await Command("grep", ["-rlF", text, directory.path], limit: .seconds(30)).run()
            return Set(output.text.split(separator: "\n").map { String($0.dropFirst(directory.path.count)) })
        }
    }

    @Test("Without a value nothing is written; with one it is in the node's own files, and nowhere else")
    func planted() async throws {
        let bench = try await Bench()
        let refused = try await bench.coxswain("apply")
        #expect(refused.status == .exited(3))
        #expect(refused.error.contains("/etc/drbd.d/r0.res needs the secret \"r0\""), "\(refused.error)")
        #expect(try bench.host.regularFiles(in: "/etc/drbd.d") == [])

        try bench.give(Self.planted)
        var said = ""
        for words in [["plan"], ["plan", "--output", "json"], ["apply"]] {
            let output = try await bench.coxswain(words[0], Array(words.dropFirst()))
            said += output.text + output.error
        }
        #expect(String(decoding: try bench.host.read("/etc/drbd.d/r0.res", isPrivate: true), as: UTF8.self).contains(Self.planted))
        #expect(said.contains("wrote /etc/drbd.d/r0.res") && !said.contains(Self.planted), "\(said)")
        #expect(try await bench.files(holding: Self.planted) == ["/host/etc/drbd.d/r0.res", "/host/etc/coxswain/secrets/r0"])
        #expect(try await bench.coxswain("plan").status == .exited(0))
    }

    @Test("A value that others may read is not used, and another one is written in its place")
    func exposed() async throws {
        let bench = try await Bench()
        try bench.give(Self.planted, mode: 0o644)
        let refused = try await bench.coxswain("apply")
        #expect(refused.status == .exited(3) && refused.error.contains("its mode is 0644"), "\(refused.error)")

        try bench.give(Self.planted)
        #expect(try await bench.coxswain("apply").status == .exited(0))
        try bench.give("another")
        let plan = try await bench.coxswain("plan")
        #expect(plan.status == .exited(2) && plan.text.contains("****** (another)"), "\(plan.text)")
        #expect(try await bench.coxswain("apply").status == .exited(0))
        // The former version is kept, for its owner.
        let kept = try await bench.files(holding: Self.planted)
        #expect(kept.count == 1 && kept.first?.hasPrefix("/state/") == true, "\(kept)")
    }
}
