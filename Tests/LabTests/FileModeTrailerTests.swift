import Host
import Testing

/// Words in messages, through what git does to history every day.
@Suite("On a CIB in a file: the words that let a commit in")
struct FileModeTrailerTests {
    @Test("Another cluster's directory of the same repository is refused; a name that comes later, and its revert, are not")
    func anotherCluster() async throws {
        let bench = try await FileBench()
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
        let bench = try await FileBench()
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

        try await refill()
        let full = try await bench.repository.git("rev-parse", "HEAD")
        try bench.repository.write(Text.dummy("beside", "meta priority=4"), to: "crm/beside.crm")
        try await bench.repository.push("Before the revert")
        try await bench.repository.revert(full)
        let later = try await bench.coxswain("apply")
        #expect(later.status == .exited(0), "\(later.error)")
    }

    @Test("What is taken out of git goes, although the directory has moved; where nobody knows what was there, nothing is said to be in force")
    func formerPlaces() async throws {
        let bench = try await FileBench()
        func names() throws -> String { String(decoding: try bench.bytes(), as: UTF8.self) }
        for name in ["one", "two", "three"] { try bench.repository.write(Text.dummy(name), to: "old/crm/\(name).crm") }
        try bench.repository.write("cluster: lab\n", to: "old/coxswain.yaml")
        try await bench.repository.push("Three")
        #expect(try await bench.coxswain("apply", "--path", "old", cluster: nil).status == .exited(0))
        try await bench.repository.git("mv", "old", "new")
        try bench.repository.remove("new/crm/two.crm")
        try await bench.repository.push("Moved, and one of them gone")
        let moved = try await bench.coxswain("apply", "--path", "new", cluster: nil)
        #expect(try moved.status == .exited(0) && !names().contains("\"two\""), "\(moved.error)")

        try bench.repository.remove("new/crm/three.crm")
        try await bench.repository.amend()
        let lost = try await bench.coxswain("apply", "--path", "new", state: bench.state + "-2", cluster: nil)
        #expect(lost.status == .exited(3) && lost.error.contains("which is not in the repository"), "\(lost.error)")
        #expect(try names().contains("\"three\""))
    }
}
