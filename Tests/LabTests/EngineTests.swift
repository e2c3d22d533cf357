import Host
import Testing

extension OnLab {
    /// What a commit does to a cluster, and what becomes of one that does it no good.
    @Suite("The engine")
    struct EngineTests {
        @Test("A resource that does not start takes its commit back by itself; a newer commit goes on")
        func rollback() async throws {
            try await Fleet.with { fleet in
                let lab = fleet.lab
                let good = try await fleet.begin("a")
                try fleet.repository.write(Text.dummy("a") + Text.dummy("b", "params state=/nonexistent/b"), to: "crm/resources.crm")
                let bad = try await fleet.push("A resource that can't start", "rolled-back", limit: .seconds(120))
                #expect(try await !lab.section("resources").contains("id=\"b\""))
                #expect(try await lab.property("applied") == good)
                #expect(try await lab.property("held") == bad)
                let dc = try await lab.dc()
                let note = try #require(try await fleet.repository.note(on: bad, by: dc))
                #expect(note.contains("b") && note.contains("start"), "\(note)")
                try await fleet.expectNothingToDo(at: good)
                try fleet.repository.write(Text.dummy("a") + Text.dummy("b"), to: "crm/resources.crm")
                let newer = try await fleet.push("It starts")
                #expect(try await lab.property("good") == newer)
                #expect(try await lab.property("held") == "")
            }
        }

        @Test("A commit that would move what it does not touch is refused, and let in by the trailer that it was told")
        func bystander() async throws {
            try await Fleet.with { fleet in
                let lab = fleet.lab
                try await fleet.begin("a", "b")
                let place = try await lab.sh("alpha", "crm_resource -r a -W | grep -o '[a-z]*$'")
                let other = try #require(lab.nodes.first { $0 != place })
                // The stickiness of all resources goes; and a was only held by that where it runs.
                try fleet.repository.write(Text.dummy("a") + Text.dummy("b") + "location a-there a 50: \(other)\n", to: "crm/resources.crm")
                try await fleet.push("A preference that loses against stickiness")
                try fleet.repository.edit("crm/options.crm", "resource-stickiness=100", "resource-stickiness=1")
                let refused = try await fleet.push("No stickiness", "refused")
                let note = try #require(try await fleet.repository.note(on: refused, by: "alpha"))
                #expect(note.contains("Allow-Disruption: a"), "\(note)")
                #expect(try await lab.sh("alpha", "crm_resource -r a -W").contains(place))
                try await fleet.push("No stickiness\n\nAllow-Disruption: a")
                #expect(try await lab.sh("alpha", "crm_resource -r a -W").contains(other))
            }
        }

        @Test("Nothing is committed while a node has another commit's files, however late its word and its fetches come")
        func announcementRace() async throws {
            try await Fleet.with { fleet in
                let repository = fleet.repository
                try repository.takeOver("drbd/cluster-ocfs.res", "drbd/global_common.conf")
                let programs = try fleet.shadow("cibadmin", with: witness(fleet))
                _ = try fleet.shadow("attrd_updater", with: "[ \"$(uname -n)\" = alpha ] || sleep 1")
                _ = try fleet.shadow("git", of: "/usr/bin", with: "[ \"$(uname -n)\" = alpha ] || sleep 2")
                try repository.write(Text.options, to: "crm/options.crm")
                try repository.write(Text.dummy("a"), to: "crm/resources.crm")
                try await fleet.start(finding: programs)
                try await fleet.push("The first")
                let looking = Task { try await look(fleet) }
                var last = ""
                for number in 1...4 {
                    try repository.edit("crm/resources.crm", number == 1 ? "fake=a" : "fake=\(number - 1)", "fake=\(number)")
                    let former = number == 1 ? "protocol C;" : "max-buffers \(4000 + number - 1);"
                    let next = "max-buffers \(4000 + number);"
                    try repository.edit("drbd/cluster-ocfs.res", former, number == 1 ? "protocol C;\n\t\t\(next)" : next)
                    last = try await repository.push("Number \(number)")
                    try await Task.sleep(for: .seconds(number * 2))
                }
                try await fleet.noted("converged", on: last, limit: .seconds(120))
                looking.cancel()
                let seen = try await looking.value
                #expect(!seen.isEmpty && seen.allSatisfy { !$0.contains("false") }, "\(seen)")
            }
        }

        /// At each patch that brings another parameter it asks the test what the nodes' files say at that moment, and waits for it to have looked.
        private func witness(_ fleet: Fleet) -> String {
            """
            case "$*" in *--patch*)
              for last; do :; done
              wanted=$(grep -o 'name="fake" value="[0-9]*"' "$last" | grep -o '[0-9]*' | tail -n 1)
              if [ -n "$wanted" ]; then
                echo "$wanted" > \(fleet.directory)/asked.new; mv \(fleet.directory)/asked.new \(fleet.directory)/asked
                for i in $(seq 100); do [ -e \(fleet.directory)/asked ] || break; sleep 0.1; done
              fi ;;
            esac
            """
        }

        /// Looks at the files of all nodes whenever a patch is about to be made, until the task is cancelled.
        private func look(_ fleet: Fleet) async throws -> [String] {
            let asked = fleet.directory + "/asked"
            var files: [String] = []
            for node in fleet.lab.nodes { files.append(try await fleet.lab.disk(of: node) + "/etc/drbd.d/cluster-ocfs.res") }
            var seen: [String] = []
            while !Task.isCancelled {
                if let wanted = try FileTree().readIfPresent(asked) {
                    let number = String(decoding: wanted, as: UTF8.self).trimmed
                    let texts = try files.map { String(decoding: try FileTree().read($0), as: UTF8.self) }
                    seen.append("\(number): \(texts.map { $0.contains("max-buffers \(4000 + (Int(number) ?? 0));") })")
                    try FileTree().remove(asked)
                }
                try? await Task.sleep(for: .milliseconds(50))
            }
            return seen
        }

        @Test("What a commit put on the hosts goes when the commit was amended away while it waited")
        func amended() async throws {
            try await Fleet.with { fleet in
                let (lab, repository) = (fleet.lab, fleet.repository)
                let hold = fleet.directory + "/hold"
                let script = "case \"$*\" in *prepared:*) [ \"$(uname -n)\" = bravo ] && [ -e \(hold) ] && exit 1 ;; esac"
                let programs = try fleet.shadow("attrd_updater", with: script)
                try repository.write(Text.options, to: "crm/options.crm")
                try repository.write(Text.dummy("a"), to: "crm/resources.crm")
                try await fleet.start(finding: programs)
                try await fleet.push("The first")
                try FileTree().write([], to: hold)
                try repository.takeOver("drbd/cluster-ocfs.res", "drbd/global_common.conf")
                try repository.edit("crm/resources.crm", "fake=a", "fake=b")
                try await repository.push("With a file")
                try await eventually("both nodes have the file") {
                    for node in lab.nodes where try await !lab.holds(node, "test -e /etc/drbd.d/cluster-ocfs.res") { return false }
                    return true
                }
                try repository.remove("drbd/cluster-ocfs.res", "drbd/global_common.conf")
                let amended = try await repository.amend()
                let bravo = try fleet["bravo"]
                try await eventually("bravo knows of the amended commit") { bravo.log.contains("found commit \(amended.prefix(10))") }
                try FileTree().remove(hold)
                try await fleet.noted("converged", on: amended)
                for node in lab.nodes { #expect(try await lab.holds(node, "test ! -e /etc/drbd.d/cluster-ocfs.res"), "\(node)") }
            }
        }

        @Test("A leader that was stopped before its patch, and wakes when another one has finished, changes nothing")
        func staleLeader() async throws {
            try await Fleet.with(["n1", "n2", "n3"]) { fleet in
                let lab = fleet.lab
                try await fleet.begin("a")
                let dc = try await lab.dc()
                let (reached, go) = (fleet.directory + "/reached", fleet.directory + "/go")
                let script = "case \"$*\" in *--patch*) echo > \(reached); while ! [ -e \(go) ]; do sleep 0.1; done ;; esac"
                try await fleet[dc].crash()
                try await fleet[dc].start(finding: try fleet.shadow("cibadmin", with: script))
                try fleet.repository.edit("crm/resources.crm", "fake=a", "fake=changed")
                let commit = try await fleet.repository.push("While the leader sleeps")
                try await eventually("the leader is about to commit") { try FileTree().readIfPresent(reached) != nil }
                try await fleet[dc].signal("STOP")
                try await lab.partition(dc)
                let others = lab.nodes.filter { $0 != dc }
                try await eventually("the others have converged", within: .seconds(90)) {
                    for node in others where try await fleet.repository.results(on: commit, by: node).last != "converged" { return false }
                    return true
                }
                try await lab.heal(dc)
                try await eventually("the three are together again") { try await lab.sh(others[0], "crm_node --partition | wc -w") == "3" }
                let epoch = try await lab.epoch(others[0])
                try FileTree().write(Array("\n".utf8), to: go)
                try await fleet[dc].signal("CONT")
                try await fleet.noted("converged", on: commit)
                #expect(try await lab.epoch(others[0]) <= epoch + 1, "at most a new leader's name was written")
                #expect(try await lab.section("resources").contains("value=\"changed\""))
                try await fleet.expectNothingToDo()
            }
        }
    }
}

extension Lab {
    /// A field of the record that the cluster keeps.
    func property(_ name: String) async throws -> String {
        try await sh(nodes[0], "cibadmin --query --scope crm_config | sed -n 's/.*id=\"coxswain-\(name)\".*value=\"\\([^\"]*\\)\".*/\\1/p'")
    }

    /// Where this machine sees a node's disk.
    func disk(of node: String) async throws -> String {
        try await command(["path", node], limit: .seconds(10)).run().orThrow().text.trimmed
    }
}
