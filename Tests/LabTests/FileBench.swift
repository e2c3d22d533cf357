import Glibc
import Host

/// A repository, an empty CIB and a state directory of a person without root.
struct FileBench {
    let directory: Directory
    let repository: Repository
    var cib: String { directory.path + "/person/cib.xml" }
    var state: String { directory.path + "/person/state" }

    init() async throws {
        directory = try await Directory()
        repository = try await Repository(in: directory.path)
        try repository.write(Text.options + Text.dummy("a"), to: "crm/all.crm")
        try await repository.push("The first")
        try FileTree().makeDirectory(directory.path + "/person")
        let empty = try await Command("cibadmin", ["--empty"], limit: .seconds(60)).run().orThrow()
        try FileTree().write(empty.bytes, to: cib)
        guard geteuid() == 0 else { return }
        _ = try await Command("chown", ["-R", "nobody:", directory.path + "/person"]).run().orThrow()
        _ = try await Command("chmod", ["755", directory.path]).run().orThrow()
    }

    /// The program as a person without root runs it.
    func coxswain(_ words: String..., state: String? = nil, cluster: String? = "lab") async throws -> Output {
        let all =
            [Coxswain.program] + words
            + (words.first == "history" ? [] : ["--cib", cib, "--node", "n1"] + (cluster.map { ["--cluster", $0] } ?? []))
        let line = all + ["--repo", repository.address, "--state-dir", state ?? self.state]
        let names = ["AUTHOR", "COMMITTER"].flatMap { ["GIT_\($0)_NAME=person", "GIT_\($0)_EMAIL=person@example.org"] }
        let person =
            (geteuid() == 0
                ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "env", "HOME=/nonexistent"]
                : ["env"]) + names
        return try await Command("env", person + line, limit: .seconds(60)).run()
    }

    /// Of the live CIB, which has just been made.
    func validate(with schema: String) throws {
        let text = String(decoding: try bytes(), as: UTF8.self)
        let parts = text.split(separator: "validate-with=\"", maxSplits: 1)
        let rest = parts[1].drop { $0 != "\"" }
        try FileTree().write(Array("\(parts[0])validate-with=\"\(schema)\(rest)".utf8), to: cib)
    }

    func bytes() throws -> [UInt8] { try FileTree().read(cib) }
}
