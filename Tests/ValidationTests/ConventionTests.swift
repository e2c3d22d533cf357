import Diagnostics
import Repository
import TestKit
import Testing
import Validation

struct ConventionTests {
    private func messages(_ crm: String) -> [String] {
        Validation.findings(in: DesiredState(crm: crm)).map { [$0.message, $0.remedy ?? $0.expected].compactMap(\.self).joined(separator: "; ") }
    }

    @Test(
        "unknown and unreadable options earn a word",
        arguments: [
            ("property stonith-enable=true", "stonith-enable is no cluster option that Pacemaker knows; did you mean \"stonith-enabled\"?"),
            ("property stonith-enabled=maybe", "stonith-enabled can't be \"maybe\"; true or false"),
            ("property dc-deadtime=soon", "dc-deadtime can't be \"soon\"; a time, such as 20s, 500ms or 2min"),
            (
                "property is-managed-default=false",
                "the cluster option is-managed-default no longer exists; write \"rsc_defaults is-managed=false\" instead"
            ),
            ("property dc-version=2", "dc-version is written by the cluster itself, and what is here has no effect; remove it"),
            (
                "rsc_defaults resource-stickines=1",
                "resource-stickines is no resource option that Pacemaker knows, and has no effect; did you mean \"resource-stickiness\"?"
            ),
            ("rsc_defaults resource-stickiness=much", "resource-stickiness can't be \"much\"; an integer, INFINITY or -INFINITY"),
            ("rsc_defaults resource-stickiness=inf", "resource-stickiness can't be \"inf\"; an integer, INFINITY or -INFINITY"),
            (
                "property fencing-timeout=60s",
                "Pacemaker knows fencing-timeout from feature set 3.20.5 on only; write stonith-timeout, which all versions read"
            ),
            (
                "primitive p Dummy meta priority=1 meta priority=2",
                "p sets priority in two lists that both hold; keep one of the two; Pacemaker 2.1.5 takes the last"
            ),
            (
                "op_defaults on_fail=restart",
                "on_fail is no option of operations that Pacemaker knows, and has no effect; did you mean \"on-fail\"?"
            ),
            ("op_defaults timeout=abc", "timeout can't be \"abc\"; a time, such as 20s, 500ms or 2min"),
            (
                "op_defaults on-fail=foo", "on-fail can't be \"foo\"; ignore, block, demote, stop, restart, standby, fence, restart-container"
            ),
            ("op_defaults enabled=maybe", "enabled can't be \"maybe\"; true or false"),
            (
                "primitive p Dummy meta on-fail=restart",
                "on-fail is an option of operations, and has no effect among those of a resource; write it in an op, or in op_defaults"
            ),
            (
                "rsc_defaults start-delay=5",
                "start-delay is an option of operations, and has no effect among those of a resource; write it in an op, or in op_defaults"
            ),
            (
                "property q: fencing-enabled=true",
                "Pacemaker knows fencing-enabled from feature set 3.20.5 on only; write stonith-enabled, which all versions read"
            ),
            ("property q: stonith-enable=true", "stonith-enable is no cluster option that Pacemaker knows; did you mean \"stonith-enabled\"?"),
            ("primitive p Dummy\norder o p p", "o ties p to itself; name another resource, or remove the constraint"),
            (
                "alert a \"/x\" attributes a=1 attributes a=2",
                "a sets a in two lists that both hold; keep one of the two; Pacemaker 2.1.5 takes the last"
            ),
            (
                "primitive p Dummy op monitor interval=9s op_params a=1 op_params a=2",
                "p sets a in two lists that both hold; keep one of the two; Pacemaker 2.1.5 takes the last"
            ),
            (
                "primitive p Dummy op monitor interval=10s op_params on-fail=restart",
                "on-fail stands among the parameters of the operation, and goes to the agent; write it in front of op_params"
            ),
            (
                "rsc_template t ocf:pacemaker:Dummy op monitor timeout=20s\nprimitive e @t",
                "nothing notices when e fails: its monitor has no interval, and is never repeated; write \"op monitor interval=30s …\""
            ),
            ("primitive p Dummy meta target-role=Running", "target-role can't be \"Running\"; Started, Stopped, Promoted or Unpromoted"),
            ("primitive p Dummy\nlocation l p role=Master 1: alice", "the role Master is called Promoted since Pacemaker 2.1; write Promoted"),
        ])
    func words(_ crm: String, _ message: String) { #expect(messages(crm) == [message]) }

    @Test(
        "what is fine earns none",
        arguments: [
            "property stonith-enabled=true\nprimitive f stonith:external/ssh", "property my-set: site=north",
            "property my-set: hana_x_site=1 batch_limits=2",
            "op_defaults timeout=60s on-fail=restart enabled=true record-pending=yes interval-origin=x",
            "primitive p Dummy meta target-role=started",
            "rsc_defaults resource-stickiness=INFINITY", "op_defaults timeout=60s", "primitive p Dummy params anything=goes",
            "primitive p Dummy meta failure-timeout=PT1M priority=-5", "property stonith-watchdog-timeout=10",
            "primitive p Dummy meta 1: priority=1 meta 2: priority=2", "primitive p Dummy meta priority=1 meta rule 0: date gt 2020-01-01 priority=2",
        ])
    func silence(_ crm: String) { #expect(messages(crm) == []) }
}
