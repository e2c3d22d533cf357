import Glibc
import Host
import Testing

/// A CIB in a file: neither daemons nor root.
@Suite("On a CIB in a file")
struct FileModeTests {
    @Test(
        "Plan, apply and history keep their exit codes: 2 changes, 0 done, 0 nothing to do, 3 refused, 1 error, 64 usage"
    )
    func exitCodes() async throws {
        let bench = try await FileBench()
        #expect(try await bench.coxswain("plan").status == .exited(2))
        let apply = try await bench.coxswain("apply")
        #expect(apply.status == .exited(0), "\(apply.error)")
        #expect(try await bench.coxswain("plan").status == .exited(0))
        #expect(try await bench.coxswain("apply").status == .exited(0))
        #expect(try await bench.coxswain("history").text.contains("converged"))
        #expect(try await bench.coxswain("plan", "--no-such-option").status == .exited(64))
        try await massDelete(bench)
    }

    @Test(
        "A negative number is a value that is wrong, and not a missing one",
        arguments: [["history", "--limit"], ["log", "-n"], ["log", "--lines"]])
    func negative(_ words: [String]) async throws {
        let output = try await Coxswain.run(words + ["-3"])
        #expect(output.status == .exited(64) && output.error.contains("to 1000") && !output.error.contains("Missing value"), "\(output.error)")
    }

    @Test("An agent that the node's own file does not list is refused by plan and apply; an empty list is a wrong file")
    func agents() async throws {
        let bench = try await FileBench()
        let file = bench.directory.path + "/node.yaml"
        try FileTree().write(Array("agents: [ocf:heartbeat:*]\nrepo: x\n".utf8), to: file, mode: 0o644)
        for verb in ["plan", "apply"] {
            let output = try await bench.coxswain(verb, "--config", file)
            #expect(
                output.status == .exited(3) && (output.text + output.error).contains("no commit may use ocf:pacemaker:Dummy on this node"),
                "\(output)")
        }
        try FileTree().write(Array("agents: []\n".utf8), to: file, mode: 0o644)
        #expect(try await bench.coxswain("plan", "--config", file).status == .exited(64))
    }

    private func massDelete(_ bench: FileBench) async throws {
        let many = (1...20).map { Text.dummy("many-\($0)") }.joined()
        try bench.repository.write(Text.options + many, to: "crm/all.crm")
        try await bench.repository.push("Many")
        #expect(try await bench.coxswain("apply").status == .exited(0))
        try bench.repository.write(Text.options + Text.dummy("many-1"), to: "crm/all.crm")
        try await bench.repository.push("Few")
        let before = try bench.bytes()
        for verb in ["plan", "apply"] {
            let output = try await bench.coxswain(verb)
            #expect(output.status == .exited(3))
            #expect(output.error.contains("Allow-Mass-Delete: yes"))
        }
        #expect(try bench.bytes() == before)
    }

    @Test(
        "What is missing or broken is an error in words, and changes nothing",
        arguments: [
            (["--path", "nowhere"], "nowhere", 3), (["--revision", "nothing"], "nothing", 1),
        ])
    func missing(words: [String], reason: String, code: Int32) async throws {
        let bench = try await FileBench()
        let before = try bench.bytes()
        for verb in ["plan", "apply"] {
            let output = try await bench.coxswain(verb, words[0], words[1])
            #expect(output.status == .exited(code))
            #expect(output.error.contains(reason), "\(output.error)")
        }
        #expect(try bench.bytes() == before)
    }

    @Test(
        "A CIB with a DTD, or one that is no XML, is refused as it is",
        arguments: [
            "<!DOCTYPE cib [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><cib>&e;</cib>",
            "<cib epoch=\"1\"><configuration>", "",
        ])
    func brokenCIB(text: String) async throws {
        let bench = try await FileBench()
        try FileTree().write(Array(text.utf8), to: bench.cib)
        for verb in ["plan", "apply"] {
            let output = try await bench.coxswain(verb)
            #expect(output.status == .exited(1))
            #expect(output.error.contains("error: ") && !output.error.contains("root:"), "\(output.error)")
        }
        #expect(try bench.bytes() == Array(text.utf8))
    }

    @Test("apply is an error while the server can't be read, though an older commit is known")
    func serverAway() async throws {
        let bench = try await FileBench()
        #expect(try await bench.coxswain("apply").status == .exited(0))
        let before = try bench.bytes()
        try FileTree().move(bench.repository.path, to: bench.repository.path + ".away")
        let output = try await bench.coxswain("apply")
        #expect(output.status == .exited(1), "\(output.text)\(output.error)")
        #expect(output.error.contains("cluster.git"), "\(output.error)")
        #expect(try bench.bytes() == before)
    }

    @Test(
        "A state directory of another user, and one on a full disk, are errors in words",
        .enabled(if: geteuid() == 0, "needs root to make them"))
    func stateDirectories() async throws {
        let bench = try await FileBench()
        let before = try bench.bytes()
        try FileTree().makeDirectory(bench.directory.path + "/foreign", mode: 0o700)
        let foreign = try await bench.coxswain("apply", state: bench.directory.path + "/foreign")
        #expect(foreign.status == .exited(1))
        #expect(foreign.error.contains("belongs to another user"), "\(foreign.error)")
        let full = try await onFullDisk(bench)
        #expect(full.status == .exited(1))
        #expect(full.error.contains("No space left"), "\(full.error)")
        #expect(try bench.bytes() == before)
    }

    private func onFullDisk(_ bench: FileBench) async throws -> Output {
        let place = bench.directory.path + "/small"
        try FileTree().makeDirectory(place)
        let line = """
            mount -t tmpfs -o size=16k small \(place) && { head -c 16384 /dev/zero > \(place)/filler; true; } && \
            exec \(Coxswain.program) apply --repo \(bench.repository.address) --cib \(bench.cib) --state-dir \(place) --cluster lab --node n1
            """
        return try await Command("unshare", ["--mount", "sh", "-c", line], limit: .seconds(60)).run()
    }

    @Test("Output that can't be written is an error; one that nobody reads on is not; errors are JSON where that was asked for")
    func output() async throws {
        let bench = try await FileBench()
        let history = "\(Coxswain.program) history --repo \(bench.repository.address) --state-dir \(bench.directory.path)/own"
        let full = try await Command("sh", ["-c", "\(history) > /dev/full"], limit: .seconds(60)).run()
        #expect(full.status == .exited(1) && full.error.contains("No space left on device"), "\(full.error)")
        let head = try await Command("bash", ["-c", "set -o pipefail; \(history) | true"], limit: .seconds(60)).run()
        #expect(head.status == .exited(0), "\(head.error)")
        let json = try await bench.coxswain("plan", "--revision", "nothing", "--output", "json")
        #expect(json.status == .exited(1) && json.text.hasPrefix("{") && json.text.contains("there is no revision"), "\(json.text)")
        #expect(json.error.contains("error: there is no revision"))
    }

    @Test("Nothing is left behind by who is interrupted, or killed, while git waits for a server", arguments: ["INT", "TERM", "HUP", "KILL"])
    func interrupted(signal: String) async throws {
        let bench = try await FileBench()
        let (script, pid) = (bench.directory.path + "/hang", bench.directory.path + "/pid")
        try FileTree().write(Array("#!/bin/sh\necho $PPID > \(pid)\nexec sleep 300\n".utf8), to: script, mode: 0o755)
        let line = """
            GIT_SSH_COMMAND=\(script) \(Coxswain.program) history --repo ssh://example.invalid/x --state-dir \(bench.directory.path)/own & own=$!
            while [ ! -s \(pid) ]; do sleep 0.05; done; kill -\(signal) $own; wait $own; echo $?
            for i in $(seq 200); do kill -0 $(cat \(pid)) 2> /dev/null || exit 0; sleep 0.05; done; echo left
            """
        let output = try await Command("bash", ["-c", line], limit: .seconds(60)).run()
        let code = ["INT": 130, "TERM": 143, "HUP": 129, "KILL": 137][signal] ?? 0
        #expect(output.text == "\(code)\n", "\(output.error)")
    }
}
