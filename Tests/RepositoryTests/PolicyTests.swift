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
        let (policy, findings) = parse("cluster: tutorial\nhosts:\n  drbd: /etc/drbd.d/\n  xen: /srv/xen\ndrift:\n  operator: revert\n")
        #expect(findings == [])
        #expect(policy.cluster == "tutorial")
        #expect(policy.drbdDirectory == "/etc/drbd.d")
        #expect(policy.xenDirectory == "/srv/xen")
        #expect(policy.merge.revertsOperators)
    }

    @Test("an empty file is the policy by default", arguments: ["", "# nothing\n", "---\n"])
    func empty(_ text: String) {
        let (policy, findings) = parse(text)
        #expect(policy == Policy())
        #expect(findings == [])
    }

    @Test("every mistake is shown where it stands")
    func mistakes() {
        let findings = parse("clster: a\nhosts:\n  drdb: /x\n  xen: relative\ndrift:\n  operator: ignore\n").findings
        #expect(
            findings.map(\.description) == [
                """
                coxswain.yaml:1:1: error: "clster" is no key of coxswain.yaml
                    clster: a
                    ^~~~~~
                    expected: cluster, hosts, drift
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
                      operator: ignore
                                ^~~~~~
                    expected: hold or revert
                """,
            ])
    }

    @Test(
        "what is no policy is refused, and nothing traps",
        arguments: [
            "- a\n- b\n", "cluster: [a, b]\n", "cluster: a/b\n", "cluster: \"\"\n", "hosts: /etc\n", "hosts:\n  xen: /a/../b\n",
            "hosts:\n  xen: /\n  drbd: [x]\n", "drift: hold\n", "cluster: a\ncluster: b\n", "a: b: c\n", "cluster: 'a\n", "\t\n- x",
            "cluster: &a [*a]\n", "? [a]\n: b\n", "cluster: ü\n", "{", "cluster: \u{1}\n", "cluster: null\n",
            "cluster: 012\n", "cluster: True\n", "cluster: 1.5\n", "cluster: !!int a\n", "cluster: !x a\n", "cluster: a\n---\ncluster: b\n",
            "hosts: {xen: //}\n", "hosts: {xen: /a/./b}\n", "hosts: {xen: /a//b}\n", "x: &x {xen: /a}\nhosts:\n  <<: *x\n",
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
