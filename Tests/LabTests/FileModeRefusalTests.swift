import Host
import Testing

/// What is wrong with a commit, in the words of all commands alike.
@Suite("On a CIB in a file: what is refused, and what is only told")
struct FileModeRefusalTests {
    @Test("A commit that is broken is refused with file, line and caret; validate says the same without a CIB")
    func brokenCommit() async throws {
        let bench = try await FileBench()
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
        let bench = try await FileBench()
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
        let bench = try await FileBench()
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
        let bench = try await FileBench()
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
        let bench = try await FileBench()
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
        let bench = try await FileBench()
        try bench.repository.write(Text.options + "primitive b ocf:heartbeat:Dummy params fak=1\n", to: "crm/all.crm")
        try await bench.repository.push("A slip")
        let advice = "warning[CXS140]: b: ocf:heartbeat:Dummy has no parameter fak"
        let validate = try await Coxswain.run(["validate", "--repo", bench.repository.checkout, "--worktree"])
        #expect(validate.status == .exited(0) && validate.text.contains(advice), "\(validate.text)")
        let apply = try await bench.coxswain("apply")
        #expect(apply.status == .exited(0) && (apply.text + apply.error).contains(advice), "\(apply.text)\(apply.error)")
    }

    @Test("What looks as if it was meant is told; a policy that is not read is an error, and all mistakes are shown at once")
    func strays() async throws {
        let bench = try await FileBench()
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
}
