import Testing

@testable import Presenting

struct StatusTextTests {
    private let status = NodeStatus(
        node: "alpha", program: "0.1.0", time: "2026-11-30T12:00:00Z", repository: "ssh://git.example.org/ha.git", isRepositoryHeard: false,
        suspension: nil,
        commits: .init(newest: String(repeating: "4f", count: 20), subject: "Add xps-101", applied: String(repeating: "4f", count: 20)),
        work: .init(
            activity: "waiting", commit: String(repeating: "4f", count: 20), stage: "judge", steps: ["confirm 4f4f4f4f4f"],
            wait: .init(name: "healthy", reason: "xps-101 is not active yet", seconds: 130, limit: 600)),
        cluster: .init(
            hasQuorum: true, isIdle: false, inMaintenance: false, dc: "bravo",
            nodes: [.init(name: "alpha", state: "online"), .init(name: "bravo", state: "standby", announcement: "has prepared 4f4f4f4f4f")],
            resources: [.init(name: "xps-101", role: "Stopped", nodes: [], isWell: false, isManaged: true)],
            failures: ["xps-101: start on alpha returned 'error'"]),
        holds: [
            .init(object: "web", holder: "operator", class: "resource-state", path: "target-role", live: "Stopped", wanted: nil, seconds: 11_000)
        ],
        pendingRestarts: [.init(resource: "web", path: "/cluster/xen/web.cfg", settings: ["vcpus 1, not 4"])],
        last: .init(commit: String(repeating: "3e", count: 20), result: "rolled-back", text: "b did not start\nback at 2d"))

    @Test("one screen: commits, what is waited for, nodes, resources, failures, what is left to do, what is held")
    func text() {
        #expect(
            StatusText(status, style: .plain).lines.joined(separator: "\n") == """
                cluster     quorum, DC bravo, a transition is under way
                repository  ssh://git.example.org/ha.git (does not answer)
                newest      4f4f4f4f4f "Add xps-101"
                in force    4f4f4f4f4f, not found healthy (yet)
                alpha is    waiting for 2 min of 10 min: xps-101 is not active yet
                last        3e3e3e3e3e rolled-back: b did not start …

                NODE   STATE    COXSWAIN
                alpha  online   -
                bravo  standby  has prepared 4f4f4f4f4f

                RESOURCE  ROLE     NODES
                xps-101   Stopped         FAILED

                failed actions
                  xps-101: start on alpha returned 'error'

                steps of 4f4f4f4f4f that are left
                  confirm 4f4f4f4f4f

                runs on with what it has until it is started anew (crm resource restart)
                  web: vcpus 1, not 4

                HELD             CLASS           BY        FOR  LIVE     IN GIT
                web target-role  resource-state  operator  3 h  Stopped  -
                """)
    }

    @Test("nothing that is told can drive the terminal; colour changes nothing but the colour")
    func harmless() {
        var evil = status
        evil.commits.subject = "\u{1B}[2J"
        evil.work.wait?.reason = "x\ny\u{9B}m"
        evil.cluster?.nodes[0].announcement = "\u{1B}]0;x\u{7}"
        evil.holds[0].live = "a\n  b"
        let plain = StatusText(evil, style: .plain).lines
        #expect(!plain.contains { $0.contains("\n") || $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x9B } })
        let coloured = StatusText(evil, style: Style(isColoured: true)).lines.joined(separator: "\n")
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain.joined(separator: "\n"))
    }
}
