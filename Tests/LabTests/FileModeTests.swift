import Glibc
import Host
import Testing

/// A CIB in a file: neither daemons nor root.
@Suite("On a CIB in a file")
struct FileModeTests {
    /// A repository, an empty CIB and a state directory of a person without root.
    private struct Bench {
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
            let empty = try await Command("cibadmin", ["--empty"], limit: .seconds(10)).run().orThrow()
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
            let person =
                geteuid() == 0
                ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "env", "HOME=/nonexistent"]
                : ["env"]
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

    @Test(
        "Plan, apply and history keep their exit codes: 2 changes, 0 done, 0 nothing to do, 3 refused, 1 error, 64 usage"
    )
    func exitCodes() async throws {
        let bench = try await Bench()
        #expect(try await bench.coxswain("plan").status == .exited(2))
        let apply = try await bench.coxswain("apply")
        #expect(apply.status == .exited(0), "\(apply.error)")
        #expect(try await bench.coxswain("plan").status == .exited(0))
        #expect(try await bench.coxswain("apply").status == .exited(0))
        #expect(try await bench.coxswain("history").text.contains("converged"))
        #expect(try await bench.coxswain("plan", "--no-such-option").status == .exited(64))
        try await massDelete(bench)
    }

    private func massDelete(_ bench: Bench) async throws {
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
        let bench = try await Bench()
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
        let bench = try await Bench()
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
        let bench = try await Bench()
        #expect(try await bench.coxswain("apply").status == .exited(0))
        let before = try bench.bytes()
        try FileTree().move(bench.repository.path, to: bench.repository.path + ".away")
        let output = try await bench.coxswain("apply")
        #expect(output.status == .exited(1), "\(output.text)\(output.error)")
        #expect(output.error.contains("cluster.git"), "\(output.error)")
        #expect(try bench.bytes() == before)
    }

    @Test("A commit that is broken is refused with file, line and caret; validate says the same without a CIB")
    func brokenCommit() async throws {
        let bench = try await Bench()
        let before = try bench.bytes()
        try bench.repository.write("primitive b\ngroup g\n", to: "crm/bad.crm")
        try await bench.repository.push("Broken")
        for verb in ["plan", "apply"] {
            let output = try await bench.coxswain(verb)
            #expect(output.status == .exited(3))
            #expect(
                output.error.contains("crm/bad.crm:1:") && output.error.contains("crm/bad.crm:2:"), "\(output.error)")
        }
        #expect(try bench.bytes() == before)
        let validate = try await Coxswain.run(["validate", "--repo", bench.repository.checkout, "--worktree"])
        #expect(validate.status == .exited(1))
        #expect(validate.text.contains("crm/bad.crm:1:") && validate.text.contains("crm/bad.crm:2:"))
    }

    @Test(
        "What validate calls an error, and what Pacemaker would refuse, plan and apply refuse alike, and nothing is changed",
        arguments: [
            "group g a nope", "acl_target u nope", "primitive c ocf:pacemaker:Dummy params $id=a fake=1", "location a a 100: n1",
            "primitive c ocf:pacemaker:Dummy meta container=nope", "node 1: n1\nlocation l a rule 100: date lt 2030-13-99",
            "property stonith-enabled=true",
            "primitive c ocf:pacemaker:Dummy meta $id-ref=a", "group g a\ngroup h a", "primitive c ocf:pacemaker:Dummy op start interval=10s",
        ])
    func refusedAlike(_ statement: String) async throws {
        let bench = try await Bench()
        #expect(try await bench.coxswain("apply").status == .exited(0))
        let before = try bench.bytes()
        try bench.repository.write(statement + "\n", to: "crm/more.crm")
        try await bench.repository.push("More")
        for verb in ["plan", "apply"] {
            let output = try await bench.coxswain(verb)
            #expect(output.status == .exited(3), "\(verb): \(output.text)\(output.error)")
            #expect(!output.error.contains("scratch"), "\(output.error)")
        }
        #expect(try bench.bytes() == before)
    }

    @Test(
        "What Pacemaker only warns of is let in, with its reasons",
        arguments: [
            ("primitive b ocf:pacemaker:Dummy\ngroup g a b meta ordered=false", "'ordered'"),
            ("primitive c ocf:pacemaker:Dummy meta restart-type=restart", "restart-type"), ("node 4: dora:ping", "'ping'"),
        ])
    func warnedOf(_ statement: String, _ reason: String) async throws {
        let bench = try await Bench()
        #expect(try await bench.coxswain("apply").status == .exited(0))
        try bench.repository.write(statement + "\n", to: "crm/more.crm")
        try await bench.repository.push("More")
        let plan = try await bench.coxswain("plan")
        #expect(plan.status == .exited(2) && plan.text.contains(reason), "\(plan.text)\(plan.error)")
        let apply = try await bench.coxswain("apply")
        #expect(apply.status == .exited(0) && (apply.text + apply.error).contains(reason), "\(apply.text)\(apply.error)")
    }

    @Test("A CIB without a feature set, or of a newer Pacemaker, is refused with what to do, and not where nothing is to be done")
    func foreignCIB() async throws {
        let bench = try await Bench()
        let text = String(decoding: try bench.bytes(), as: UTF8.self)
        for (old, new, reason) in [
            ("crm_feature_set=\"3.16.1\"", "crm_feature_set=\"3.99.0\"", "a newer Pacemaker wrote the CIB"),
            ("pacemaker-3.9\"", "pacemaker-3.99\"", "a newer Pacemaker wrote the CIB"), ("crm_feature_set=\"3.16.1\"", "", "no crm_feature_set"),
        ] {
            try FileTree().write(Array(text.replacing(old, with: new).utf8), to: bench.cib)
            for verb in ["plan", "apply"] {
                let output = try await bench.coxswain(verb)
                #expect(output.status == .exited(3) && output.error.contains(reason), "\(verb) \(new): \(output.text)\(output.error)")
            }
        }
        try FileTree().write(Array(text.utf8), to: bench.cib)
        #expect(try await bench.coxswain("apply").status == .exited(0))
        let applied = String(decoding: try bench.bytes(), as: UTF8.self)
        let unmarked = applied.replacing("crm_feature_set=\"3.16.1\"", with: "")
        try FileTree().write(Array(unmarked.utf8), to: bench.cib)
        try await bench.repository.push("Nothing")
        for verb in ["plan", "apply"] { #expect(try await bench.coxswain(verb).status == .exited(0)) }
    }

    @Test("What the live schema does not know is refused with its place, before anything is done")
    func oldSchema() async throws {
        let bench = try await Bench()
        try bench.validate(with: "pacemaker-1.2")
        #expect(try await bench.coxswain("apply").status == .exited(0))
        let before = try bench.bytes()
        try bench.repository.write("\ntag pair a\n", to: "crm/tags.crm")
        try await bench.repository.push("A tag")
        for verb in ["plan", "apply"] {
            let output = try await bench.coxswain(verb)
            #expect(output.status == .exited(3), "\(output.error)")
            #expect(output.error.contains("crm/tags.crm:2:5: error[CXS108]"), "\(output.error)")
            #expect(output.error.contains("tags came with schema pacemaker-1.3; this cluster validates with pacemaker-1.2"))
        }
        #expect(try await bench.coxswain("history").text.contains("refused"))
        #expect(try bench.bytes() == before)
    }

    @Test("A parameter that the agent does not know is shown with its place, and keeps nothing from being done")
    func unknownParameter() async throws {
        let bench = try await Bench()
        try bench.repository.write(Text.options + "primitive b ocf:heartbeat:Dummy params fak=1\n", to: "crm/all.crm")
        try await bench.repository.push("A slip")
        let advice = "warning[CXS140]: b: ocf:heartbeat:Dummy has no parameter fak"
        let validate = try await Coxswain.run(["validate", "--repo", bench.repository.checkout, "--worktree"])
        #expect(validate.status == .exited(0) && validate.text.contains(advice), "\(validate.text)")
        let apply = try await bench.coxswain("apply")
        #expect(apply.status == .exited(0) && (apply.text + apply.error).contains(advice), "\(apply.text)\(apply.error)")
    }

    @Test(
        "A state directory of another user, and one on a full disk, are errors in words",
        .enabled(if: geteuid() == 0, "needs root to make them"))
    func stateDirectories() async throws {
        let bench = try await Bench()
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

    private func onFullDisk(_ bench: Bench) async throws -> Output {
        let place = bench.directory.path + "/small"
        try FileTree().makeDirectory(place)
        let line = """
            mount -t tmpfs -o size=16k small \(place) && { head -c 16384 /dev/zero > \(place)/filler; true; } && \
            exec \(Coxswain.program) apply --repo \(bench.repository.address) --cib \(bench.cib) --state-dir \(place) --cluster lab --node n1
            """
        return try await Command("unshare", ["--mount", "sh", "-c", line], limit: .seconds(60)).run()
    }

    @Test("Another cluster's directory of the same repository is refused; a name that comes later, and its revert, are not")
    func anotherCluster() async throws {
        let bench = try await Bench()
        for name in ["a", "b"] {
            try bench.repository.write("cluster: \(name)\n", to: "\(name)/coxswain.yaml")
            try bench.repository.write(Text.options + Text.dummy("of-\(name)"), to: "\(name)/crm/all.crm")
        }
        try await bench.repository.push("Two clusters")
        #expect(try await bench.coxswain("apply", "--path", "a", cluster: nil).status == .exited(0))
        let before = try bench.bytes()
        for verb in ["plan", "apply"] {
            let output = try await bench.coxswain(verb, "--path", "b", cluster: nil)
            #expect(output.status == .exited(3), "\(output.error)")
            #expect(output.error.contains("Allow-Cluster: b"), "\(output.error)")
        }
        #expect(try bench.bytes() == before)
        try bench.repository.write("", to: "a/coxswain.yaml")
        try await bench.repository.push("Its name is not needed")
        #expect(try await bench.coxswain("apply", "--path", "a", cluster: nil).status == .exited(0))
        let text = String(decoding: try bench.bytes(), as: UTF8.self)
        #expect(text.contains("of-a") && !text.contains("of-b"))
    }

    @Test("The word for a mass deletion survives a merge, a later commit, and a commit made for it; so does a revert")
    func wordsSurvive() async throws {
        let bench = try await Bench()
        let few = Text.options + Text.dummy("many-1")
        let many = Text.options + (1...20).map { Text.dummy("many-\($0)") }.joined()
        func refill() async throws {
            try bench.repository.write(many, to: "crm/all.crm")
            try await bench.repository.push("Many")
            #expect(try await bench.coxswain("apply").status == .exited(0))
        }
        try bench.repository.write(few, to: "crm/all.crm")
        try await bench.repository.push("Few at first")
        #expect(try await bench.coxswain("apply").status == .exited(0))

        try await refill()
        try bench.repository.write(few, to: "crm/all.crm")
        try bench.repository.write(Text.dummy("beside"), to: "crm/beside.crm")
        try await bench.repository.push("Few\n\nAllow-Mass-Delete: yes")
        try bench.repository.write(Text.dummy("beside", "meta priority=1"), to: "crm/beside.crm")
        try await bench.repository.push("And something else")
        let together = try await bench.coxswain("apply")
        #expect(together.status == .exited(0), "\(together.error)")

        try await refill()
        try bench.repository.write(few, to: "crm/all.crm")
        try bench.repository.write(Text.dummy("beside", "meta priority=3"), to: "crm/beside.crm")
        try await bench.repository.push("Few, and no word")
        #expect(try await bench.coxswain("plan").status == .exited(3))
        try await bench.repository.push("Let it in\n\nAllow-Mass-Delete: yes")
        #expect(try await bench.coxswain("apply").status == .exited(0))

        try await refill()
        try await bench.repository.revert("HEAD")
        try bench.repository.write(Text.dummy("beside", "meta priority=2"), to: "crm/beside.crm")
        try await bench.repository.push("After the revert")
        let reverted = try await bench.coxswain("apply")
        #expect(reverted.status == .exited(0), "\(reverted.error)")
    }

    @Test("Output that can't be written is an error; one that nobody reads on is not; errors are JSON where that was asked for")
    func output() async throws {
        let bench = try await Bench()
        let history = "\(Coxswain.program) history --repo \(bench.repository.address) --state-dir \(bench.directory.path)/own"
        let full = try await Command("sh", ["-c", "\(history) > /dev/full"], limit: .seconds(60)).run()
        #expect(full.status == .exited(1) && full.error.contains("No space left on device"), "\(full.error)")
        let head = try await Command("bash", ["-c", "set -o pipefail; \(history) | true"], limit: .seconds(60)).run()
        #expect(head.status == .exited(0), "\(head.error)")
        let json = try await bench.coxswain("plan", "--revision", "nothing", "--output", "json")
        #expect(json.status == .exited(1) && json.text.hasPrefix("{") && json.text.contains("there is no revision"), "\(json.text)")
        #expect(json.error.contains("error: there is no revision"))
    }

    @Test("What looks as if it was meant is told; a policy that is not read is an error, and all mistakes are shown at once")
    func strays() async throws {
        let bench = try await Bench()
        try bench.repository.write("cluster: lab\n", to: "coxswain.yml")
        try bench.repository.write("primitive\n", to: "crm/bad.crm")
        try bench.repository.write("location l missing-1 inf: n1\n", to: "crm/location.crm")
        try bench.repository.write("resource x { }\n", to: "drbd/sub/x.res")
        try await bench.repository.push("Strays")
        let plan = try await bench.coxswain("plan")
        #expect(plan.status == .exited(3))
        #expect(plan.error.contains("coxswain.yml is not read") && plan.error.contains("did you mean \"coxswain.yaml\"?"), "\(plan.error)")
        #expect(plan.error.contains("crm/bad.crm:1") && plan.error.contains("missing-1"), "\(plan.error)")
        let validate = try await Coxswain.run(["validate", "--repo", bench.repository.checkout, "--worktree"])
        #expect(validate.text.contains("warning[CXS012]: drbd/sub/x.res is not read"), "\(validate.text)")
    }

    @Test("Nothing is left behind by who is interrupted, or killed, while git waits for a server", arguments: ["INT", "TERM", "HUP", "KILL"])
    func interrupted(signal: String) async throws {
        let bench = try await Bench()
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
