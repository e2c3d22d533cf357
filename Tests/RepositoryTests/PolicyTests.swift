import CIB
import Diagnostics
import Repository
import Testing

struct PolicyTests {
    private func parse(_ text: String) -> (policy: Policy, findings: [Finding]) {
        Policy.parse(SourceText(path: "coxswain.yaml", text: text))
    }

    @Test("the whole policy")
    func whole() {
        let (policy, findings) = parse(
            """
            cluster: tutorial
            hosts:
              drbd: /etc/drbd.d/
              xen: /srv/xen
            drift:
              operator: revert
              limit: 4h
            rollback: off
            restart: auto
            health:
              limit: 300
              stable: 30

            """)
        #expect(findings == [])
        #expect(policy.cluster == "tutorial")
        #expect(policy.drbdDirectory == "/etc/drbd.d")
        #expect(policy.xenDirectory == "/srv/xen")
        #expect(DriftClass.allCases.filter { policy.drift[$0] == .revert } == persons + [.declared, .host])
        #expect(policy.rollback == .off && policy.restart == .auto)
        #expect(policy.health.limit == .seconds(300) && policy.health.stable == .seconds(30))
    }

    private var persons: [DriftClass] { [.move, .nodeState, .resourceState, .maintenanceMode] }

    @Test("each class of drift has a treatment of its own; what persons set has one for all, and a time")
    func drift() {
        let (policy, findings) = parse(
            """
            drift:
              limit: 4h
              node-state: {hold: 30m}
              move: revert
              resource-state:
                hold: 2d
              operator: ignore
              maintenance-mode: hold
              drbd-fence: ignore
              utilization: revert
              declared: revert

            """)
        #expect(findings == [])
        let drift = policy.drift
        #expect([drift[.nodeState], drift[.move], drift[.resourceState], drift[.maintenanceMode]] == [.hold, .revert, .hold, .hold])
        #expect([drift[.drbdFence], drift[.utilization], drift[.agent], drift[.host]] == [.ignore, .revert, .hold, .revert])
        #expect(drift.limit(of: .nodeState) == .seconds(1800) && drift.limit(of: .resourceState) == .seconds(172_800))
        #expect(drift.limit(of: .maintenanceMode) == .seconds(4 * 3600), "the time for all, where a class says none")
        #expect(drift.limit(of: .move) == nil && drift.limit(of: .agent) == nil)
    }

    @Test("a treatment that would cost data, or come to nothing, is refused with what may be said")
    func wrongTreatments() {
        let text = "drift:\n  drbd-fence: revert\n  agent: {hold: 4h}\n  declared: hold\n  move: {hold: 4}\n  scores: keep\n  stanby: hold\n"
        let findings = parse(text).findings.sorted { ($0.place?.line ?? 0) < ($1.place?.line ?? 0) }
        #expect(findings.map { $0.place?.line } == [2, 3, 4, 5, 6, 7])
        #expect(findings[0].message.contains("may promote outdated data") && findings[0].expected == "hold, ignore")
        #expect(findings[1].message.contains("would write it anew") && findings[2].expected == "revert")
        #expect(findings[5].remedy == nil || findings[5].remedy?.contains("did you mean") == true)
        #expect(parse(text).policy.drift[.drbdFence] == .hold)
    }

    @Test("an empty file is the policy by default", arguments: ["", "# nothing\n", "---\n"])
    func empty(_ text: String) {
        let (policy, findings) = parse(text)
        #expect(policy == Policy())
        #expect(findings == [])
    }

    @Test("every mistake is shown where it stands")
    func mistakes() {
        let findings = parse("clster: a\nhosts:\n  drdb: /x\n  xen: relative\ndrift:\n  operator: keep\n").findings
        #expect(
            findings.map(\.description) == [
                """
                coxswain.yaml:1:1: error: "clster" is no key of coxswain.yaml
                    clster: a
                    ^~~~~~
                    expected: cluster, hosts, drift, rollback, restart, health
                    did you mean "cluster"?
                """,
                """
                coxswain.yaml:3:3: error: "drdb" is no key of hosts
                      drdb: /x
                      ^~~~
                    expected: drbd, xen
                    did you mean "drbd"?
                """,
                """
                coxswain.yaml:4:8: error: this is not a directory of a host
                      xen: relative
                           ^~~~~~~~
                    expected: an absolute path without "..", "." and "//"
                """,
                """
                coxswain.yaml:6:13: error: this is not a way to treat drift
                      operator: keep
                                ^~~~
                    expected: hold, revert, ignore
                """,
            ])
    }

    @Test(
        "what the times of health may be", arguments: ["limit: 10", "limit: 3600, stable: 600", "stable: 0", "stable: 120", "limit: 10, stable: 10"])
    func times(_ health: String) { #expect(parse("health: {\(health)}\n").findings == []) }

    @Test("and what not, with the range; the time of watching fits into the limit")
    func wrongTimes() {
        let findings = parse("health: {limit: 9, stable: 5}\n").findings + parse("health: {stable: 601}\n").findings
        #expect(findings.map(\.message) == Array(repeating: "this is not a number of seconds", count: 2))
        #expect(findings.map(\.expected) == ["a whole number from 10 to 3600", "a whole number from 0 to 600"])
        let misfits = ["stable: 121", "limit: 10, stable: 11", "limit: 30, stable: 31", "stable: 60, limit: 59"].map {
            parse("health: {\($0)}\n").findings.map(\.description).joined()
        }
        #expect(
            misfits.first == """
                coxswain.yaml:1:18: error: a commit can't be healthy for 121 s within 120 s
                    health: {stable: 121}
                                     ^~~
                    expected: stable to be no longer than limit
                """)
        #expect(misfits.allSatisfy { $0.contains("a commit can't be healthy for") })
    }

    @Test(
        "what is no policy is refused, and nothing traps",
        arguments: [
            "- a\n- b\n", "cluster: [a, b]\n", "cluster: a/b\n", "cluster: \"\"\n", "hosts: /etc\n", "hosts:\n  xen: /a/../b\n",
            "hosts:\n  xen: /\n  drbd: [x]\n", "drift: hold\n", "cluster: a\ncluster: b\n", "a: b: c\n", "cluster: 'a\n", "\t\n- x",
            "cluster: &a [*a]\n", "? [a]\n: b\n", "cluster: ü\n", "{", "cluster: \u{1}\n", "cluster: null\n",
            "cluster: 012\n", "cluster: True\n", "cluster: 1.5\n", "cluster: !!int a\n", "cluster: !x a\n", "cluster: a\n---\ncluster: b\n",
            "hosts: {xen: //}\n", "hosts: {xen: /a/./b}\n", "hosts: {xen: /a//b}\n", "x: &x {xen: /a}\nhosts:\n  <<: *x\n",
            "rollback: on\n", "restart: on\n", "restart: [auto]\n", "rollback: false\n", "rollback: Auto\n", "rollback:\n", "rollback: [auto]\n",
            "health: 60\n", "health: {limits: 60}\n",
            "health: {limit: 60s}\n", "health: {limit: \"60\"}\n", "health: {limit: 060}\n", "health: {limit: 0x3C}\n", "health: {limit: 60.5}\n",
            "health: {limit: +60}\n", "health: {limit: 3601}\n", "health: {limit: 99999999999999999999}\n", "health: {stable: -1}\n",
            "health: {stable: [1]}\n", "health: {stable:}\n", "health: {stable: !!str 5}\n", "health: {limit: 60, limit: 61}\n",
        ])
    func refused(_ text: String) { #expect(parse(text).findings.contains { $0.severity == .error }, "\(text)") }

    @Test(
        "a text is one however it is written",
        arguments: ["no", "off", "\"null\"", "'12'", "\"a\"", "e5", "1e", "1-2", "0x", "_1", "\"true\"", ">-\n  a"])
    func texts(_ text: String) {
        let (policy, findings) = parse("cluster: \(text)\n")
        #expect(findings == [])
        #expect(policy.cluster != nil)
    }
}
