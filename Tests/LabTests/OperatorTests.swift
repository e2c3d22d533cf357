import Host
import Testing

extension OnLab {
    /// What people and agents do to a live cluster, and what Coxswain makes of it.
    @Suite("Hands on the cluster")
    struct OperatorTests {
        @Test("What can't be stopped is told with its cause and remedy; the commit goes on when a person has mended it")
        func stubborn() async throws {
            try await Fleet.with { fleet in
                let lab = fleet.lab
                let script = """
                    #!/bin/sh
                    case $1 in
                    start) touch /run/stubborn ;;
                    stop) [ -e /run/stubborn-mended ] || exit 1; rm -f /run/stubborn ;;
                    status) [ -e /run/stubborn ] || exit 3 ;;
                    esac
                    """
                for node in lab.nodes {
                    let path = "/etc/init.d/stubborn"
                    try FileTree(root: try await lab.disk(of: node)).write(Array((script + "\n").utf8), to: path, mode: 0o755)
                }
                try await fleet.begin("a")
                try fleet.repository.write(Text.dummy("a") + "primitive s lsb:stubborn\n", to: "crm/resources.crm")
                try await fleet.push("One that can't be stopped")
                try fleet.repository.write(Text.dummy("a"), to: "crm/resources.crm")
                let removal = try await fleet.repository.push("Away with it")
                let dc = try await lab.dc()
                try await eventually("the log names the cause and the remedy") {
                    let log = try fleet[dc].log
                    return log.contains("s is to be deleted, and it could not be stopped: s: stop on")
                        && log.contains("crm resource cleanup s")
                }
                #expect(try await lab.section("resources").contains("id=\"s\""))
                for node in lab.nodes { _ = try await lab.sh(node, "touch /run/stubborn-mended; rm -f /run/stubborn") }
                _ = try await lab.sh(dc, "crm_resource --cleanup --resource s")
                try await fleet.noted("converged", on: removal)
                #expect(try await !lab.section("resources").contains("id=\"s\""))
            }
        }

        @Test("What an operator or DRBD's handler has set for now is held, drift is put right, strange things stay")
        func hands() async throws {
            try await Fleet.with { fleet in
                let lab = fleet.lab
                try await fleet.begin("a", "b", "c")
                try await lab.sh("alpha", "crm resource stop a && crm node standby bravo && crm resource ban b bravo")
                try await lab.sh("alpha", "cibadmin --create --scope constraints --xml-text '\(Self.fence)'")
                try await lab.sh("alpha", "crm configure primitive manual ocf:pacemaker:Dummy")
                try fleet.repository.edit("crm/resources.crm", "fake=c", "fake=changed")
                try await fleet.push("Change another resource")
                try await expectHeld(fleet)
                try await drift(fleet)
                try await expectHeld(fleet)
            }
        }

        @Test("What is held for longer than the policy allows is put right then, and not before; what is set after that is held anew")
        func limit() async throws {
            try await Fleet.with { fleet in
                let lab = fleet.lab
                try fleet.repository.write("health:\n  stable: 1\ndrift:\n  operator: hold\n  limit: 20s\n", to: "coxswain.yaml")
                let first = try await fleet.begin("a", "b")
                try await fleet.noted("converged", on: first)
                for round in 1...2 {
                    try await lab.sh("alpha", "crm_resource --resource a --meta --set-parameter target-role --parameter-value Stopped")
                    let stopped = ContinuousClock.now
                    try await eventually("a is stopped") { try await !lab.monitor().contains("a\t(ocf:pacemaker:Dummy):\t Started") }
                    try await Task.sleep(until: stopped + .seconds(12))
                    let stands = try await lab.section("resources").contains("value=\"Stopped\"")
                    #expect(stands, "it was put right before its time, in round \(round)")
                    try await eventually("a runs again, round \(round)") { try await lab.monitor().contains("a\t(ocf:pacemaker:Dummy):\t Started") }
                    #expect(try await !lab.section("resources").contains("target-role"))
                    let told = fleet.daemons.filter { $0.said("held for longer than coxswain.yaml allows") == round }
                    #expect(told.count == 1, "\(fleet.daemons.map { $0.said("held for longer than coxswain.yaml allows") })")
                }
                // What git says of the record is said once: nothing is left of it.
                #expect(try await !lab.section("crm_config").contains("ended-holds"))
            }
        }

        private static let fence = """
            <rsc_location rsc="c" id="drbd-fence-by-handler-r0-c">\
            <rule role="Promoted" score="-INFINITY" id="drbd-fence-by-handler-r0-rule-c">\
            <expression attribute="#uname" operation="ne" value="alpha" id="drbd-fence-by-handler-r0-expr-c"/>\
            </rule></rsc_location>
            """

        private func expectHeld(_ fleet: Fleet) async throws {
            let lab = fleet.lab
            #expect(try await lab.sh("alpha", "crm_resource -r a --meta -g target-role") == "Stopped")
            #expect(try await lab.sh("alpha", "crm_attribute -N bravo -n standby -G -q") == "on")
            let constraints = try await lab.section("constraints")
            #expect(constraints.contains("cli-ban-b-on-bravo") && constraints.contains("drbd-fence-by-handler-r0-c"))
            #expect(try await lab.section("resources").contains("id=\"manual\""))
            let plan = try await fleet.plan().text
            let held = plan.split(separator: "\n").drop { !$0.hasPrefix("Held") }.prefix { !$0.hasPrefix("Unmanaged") }
            for name in ["target-role", "cli-ban-b-on-bravo", "drbd-fence-by-handler-r0-c"] {
                #expect(held.contains { $0.contains(name) }, "\(name) is not shown as held:\n\(plan)")
            }
            #expect(
                plan.split(separator: "\n").drop { !$0.hasPrefix("Unmanaged") }.contains {
                    $0.contains("primitive manual")
                })
        }

        private func drift(_ fleet: Fleet) async throws {
            let lab = fleet.lab
            try await lab.sh("bravo", "crm_resource -r c --set-parameter fake --parameter-value drifted")
            try await eventually("the drifted parameter is put right") {
                try await lab.sh("alpha", "crm_resource -r c --get-parameter fake") == "changed"
            }
            try await lab.sh("bravo", "crm_attribute --type rsc_defaults --name resource-stickiness --delete")
            try await eventually("the option that was deleted is back") {
                try await lab.holds(
                    "alpha", "crm_attribute --type rsc_defaults --name resource-stickiness -G -q | grep -qx 100")
            }
        }
    }
}
