import Host
import Testing

extension OnLab {
    /// What people ask of a daemon, from the node that it runs on.
    @Suite("Asked by people")
    struct ServiceTests {
        @Test("status, log and requests over the socket; a suspension on one node holds up the cluster, outlives its daemon, and ends on any node")
        func service() async throws {
            try await Fleet.with { fleet in
                let first = try await fleet.begin("a")
                for node in fleet.lab.nodes { try await says(["\"applied\" : \"\(first)\"", "\"good\" : \"\(first)\""], on: node, fleet) }
                let shown = try await ask("alpha", ["status"], fleet).orThrow().text
                #expect(shown.contains("in force    \(first.prefix(10)), found healthy") && shown.contains("quorum, DC "), "\(shown)")

                let words = try await ask("bravo", ["suspend", "--for", "2h", "--reason", "a new kernel"], fleet).orThrow().text
                #expect(words.hasPrefix("suspend: suspended since 20") && words.contains(": a new kernel"), "\(words)")
                #expect(try await ask("alpha", ["suspend", "--for", "-1h"], fleet).status == .exited(64))
                try fleet.repository.edit("crm/resources.crm", "fake=a", "fake=b")
                let commit = try await fleet.repository.push("Held up")
                try await fleet["bravo"].crash()
                for node in fleet.lab.nodes where node != "bravo" {
                    try await eventually("\(node) says that the cluster is suspended") {
                        try await ask(node, ["status"], fleet).text.contains(": a new kernel; nothing is changed until then")
                    }
                }
                try await fleet["bravo"].start()
                try await Task.sleep(for: .seconds(3))  // in which it would be in
                #expect(try await fleet.lab.sh("alpha", "crm_resource -r a --get-parameter fake") == "a")
                #expect(try await ask("alpha", ["resume"], fleet).orThrow().text == "resume: resumed\n")
                try await fleet.noted("converged", on: commit)

                let log = try await ask("alpha", ["log", "--commit", String(commit.prefix(8))], fleet).orThrow().text
                #expect(log.contains("found commit") && log.contains("converged") && !log.contains(first.prefix(10)), "\(log)")
                #expect(try await ask("alpha", ["reconcile"], fleet).orThrow().text == "reconcile: looking\n")
                try await doctor(fleet)
                try await fleet["alpha"].crash()
                let nobody = try await ask("alpha", ["status"], fleet)
                #expect(nobody.status == .exited(1) && nobody.error.contains("no daemon answers"), "\(nobody.error)")
                #expect(try await ask("alpha", ["log", "-n", "1"], fleet).orThrow().text.split(separator: "\n").count >= 1)
            }
        }

        @Test("rollback shows the plan of the way back, pushes it only when somebody says yes, and the cluster follows")
        func rollback() async throws {
            try await Fleet.with { fleet in
                try await fleet.begin("a", "b")
                try fleet.repository.edit("crm/resources.crm", "fake=b", "fake=c")
                let bad = try await fleet.push("Not wanted any more")
                let unasked = try await rollBack(["--trailer", "Reviewed-By: operator"], fleet)
                #expect(unasked.status == .exited(1) && unasked.text.contains("fake") && unasked.error.contains("nothing was pushed"), "\(unasked)")
                #expect(try await fleet.repository.git("--git-dir", fleet.repository.path, "rev-parse", "main") == bad)

                let done = try await rollBack(["--yes", "--trailer", "Reviewed-By: operator"], fleet).orThrow().text
                let commit = try await fleet.repository.git("--git-dir", fleet.repository.path, "rev-parse", "main")
                #expect(commit != bad && done.contains("\(commit.prefix(10)) is pushed to main"), "\(done)")
                try await fleet.noted("converged", on: commit)
                #expect(try await fleet.lab.sh("alpha", "crm_resource -r b --get-parameter fake") == "b")
                let message = try await fleet.repository.git("--git-dir", fleet.repository.path, "log", "-1", "--format=%B", "main")
                #expect(message.hasPrefix("Revert \"Not wanted any more\"\n\nThis reverts commit \(bad).\n\nReviewed-By: operator"), "\(message)")
                let again = try await rollBack(["--yes", bad], fleet).orThrow().text
                #expect(again.contains("is pushed to main"), "\(again)")
            }
        }

        @Test("drift tells what differs from the commit in force, and who holds it, whatever the newest commit says")
        func drift() async throws {
            try await Fleet.with { fleet in
                let first = try await fleet.begin("a")
                func drift(_ words: String...) async throws -> Output {
                    let place = ["--repo", fleet.repository.address, "--state-dir", "/run/coxswain-person", "--cluster", "lab"]
                    return try await ask("alpha", ["drift"] + place + words, fleet)
                }
                let none = try await drift()
                #expect(none.status == .exited(0) && none.text.contains("in force already") && none.text.contains("Nothing to do"), "\(none)")
                _ = try await ask("alpha", ["suspend"], fleet).orThrow()
                try fleet.repository.edit("crm/resources.crm", "fake=a", "fake=b")
                try await fleet.repository.push("Not in force")
                try await fleet.lab.sh("bravo", "crm resource stop a; crm_resource -r a --set-parameter fake --parameter-value by-hand")
                let some = try await drift()
                #expect(some.status == .exited(2) && some.text.contains("commit \(first.prefix(10))"), "\(some)")
                #expect(some.text.contains("params fake  by-hand  ->  a") && some.text.contains("target-role is Stopped"), "\(some.text)")
                #expect(try await drift("--output", "json").text.contains("\"holder\" : \"operator\""))
            }
        }

        private func rollBack(_ words: [String], _ fleet: Fleet) async throws -> Output {
            let identity = ["AUTHOR", "COMMITTER"].flatMap { ["GIT_\($0)_NAME=operator", "GIT_\($0)_EMAIL=operator@example.org"] }
            let place = ["--repo", fleet.repository.address, "--state-dir", "/run/coxswain-person", "--cluster", "lab"]
            return try await fleet.lab.on("alpha", ["env"] + identity + [Coxswain.program, "rollback"] + place + words)
        }

        /// Nothing is bad on a node that works; what is, is named with its remedy.
        private func doctor(_ fleet: Fleet) async throws {
            let words = ["doctor", "--repo", fleet.repository.address, "--state-dir", "/var/lib/coxswain", "--cluster", "lab"]
            let well = try await ask("alpha", words, fleet)
            #expect(well.status == .exited(0) && !well.text.contains("BAD"), "\(well.text)\(well.error)")
            for subject in ["crm_simulate", "repository", "notes", "commit", "quorum", "daemon"] {
                #expect(well.text.contains(try Regex("ok +\(subject) ")), "\(subject):\n\(well.text)")
            }
            #expect(well.text.contains(/note +fencing +switched off/))
            let lost = try await ask("alpha", words.map { $0 == fleet.repository.address ? "/nowhere" : $0 }, fleet)
            #expect(lost.status == .exited(1) && lost.text.contains(/BAD +repository +/), "\(lost.text)")
        }

        private func ask(_ node: String, _ words: [String], _ fleet: Fleet) async throws -> Output {
            try await fleet.lab.on(node, [Coxswain.program] + words)
        }

        private func says(_ texts: [String], on node: String, _ fleet: Fleet) async throws {
            try await eventually("\(node)'s status holds \(texts)") {
                let document = try await ask(node, ["status", "--output", "json"], fleet).text
                return texts.allSatisfy { document.contains($0) }
            }
        }
    }
}
