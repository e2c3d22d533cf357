import CIB
import Diagnostics
import Planning
import Repository
import TestKit
import Testing
import Validation

/// Texts with one word changed: what `crm_verify` calls an error in the cluster that they describe, `validate` has found
/// in the text before.
struct VerificationTests {
    @Test("Whatever crm_verify refuses is found, with its place", arguments: 0..<4)
    func found(_ block: UInt64) async throws {
        var refused = 0
        for seed in block * 8..<(block + 1) * 8 {
            var random = Seeded(seed &+ 77)
            let sound = try RandomCluster(seed: seed, size: 8).crm + Self.others
            for _ in 0..<20 {
                let text = spoilt(sound, &random)
                let state = DesiredState(crm: text)
                let findings = Validation.findings(in: state)
                guard let plan = try? Scene(base: nil, desired: state, live: .empty).plan() else { continue }
                // Fence devices may be the cluster's own.
                let complaints = try await Twin(of: plan.wanted).complaints().filter { !$0.contains("STONITH") }
                guard !complaints.isEmpty else { continue }
                refused += 1
                let warned = findings.contains { $0.severity != .notice && $0.place != nil }
                #expect(warned, "seed \(seed)\n\(complaints.sorted().joined(separator: "\n"))\n\(text)")
            }
        }
        #expect(refused > 0)
    }

    private static let others = """
        rsc_template t1 ocf:heartbeat:Dummy op monitor interval=10s
        primitive pt @t1 op monitor interval=30s role=Started
        primitive pu Stateful op monitor interval=10s role=Promoted op monitor interval=11s role=Unpromoted
        clone cu pu meta promotable=true promoted-max=2 notify=true
        rsc_ticket k1 T: pt loss-policy=stop
        rsc_ticket k2 T: cu:Promoted loss-policy=demote
        tag tg pt cu
        alert al /bin/true meta timeout=10s to /x
        primitive fx stonith:null params hostlist=alice
        fencing_topology alice: fx
        bundle bu docker image=x replicas=2 network ip-range-start=10.0.0.1 port-mapping id=pm port=80
        location lx { pt cu:Promoted } resource-discovery=never -inf: alice
        colocation cx 100: cu:Promoted pt
        order ox Mandatory: [ pt fx ] cu:promote
        op_defaults timeout=30s
        node carol:remote standby=off

        """

    private static let words = [
        "Started", "Stopped", "Promoted", "Master", "bla", "10s", "10000ms", "0", "1", "-1", "1x", "true", "no", "INFINITY", "p1", "p2", "c9",
        "g9", "alice", "monitor", "start", "stop", "promote", "notify", "reload", "migrate_to", "role=Promoted", "on-fail=demote", "on-fail=fence",
        "requires=fencing", "target-role=Master", "clone-max=0", "clone-node-max=2", "globally-unique=true", "promotable=true",
        "ordered=1", "interval=0", "interval=20", "enabled=false", "multiple-active=block", "record-pending=true", "#uname", "or", "and",
        "rule", "date", "meta", "params", "op", "utilization", "inf:", "Mandatory:", "100:", "Serialize:", "(", ")", "[", "]", "symmetrical=false",
        "no-quorum-policy=freeze", "batch-limit=-1", "stonith-timeout=1", "cluster-delay=x", "maintenance=true", "priority=x",
        "migration-threshold=0", "resource-stickiness=+5", "failure-timeout=P1D", "allow-migrate=true", "is-managed=0", "Stateful",
        "ocf:heartbeat:Dummy", "lsb:x",
        "systemd:x", "stonith:null",
    ]

    /// A word replaced, doubled, left out or added, behind the first word of a statement.
    private func spoilt(_ text: String, _ random: inout Seeded) -> String {
        var lines = text.split(separator: "\n").map(String.init)
        let line = random.number(0...lines.count - 1)
        var words = lines[line].split(separator: " ").map(String.init)
        guard words.count > 1 else { return text }
        let place = random.number(1...words.count - 1)
        switch random.number(0...4) {
        case 0: words.remove(at: place)
        case 1: words.insert(words[place], at: place)
        case 2: words.insert(random.pick(Self.words), at: place)
        case 3: words[place] = random.pick(Self.words)
        default: words[place] = withValue(words[place], random.pick(Self.words))
        }
        lines[line] = words.joined(separator: " ")
        return lines.joined(separator: "\n") + "\n"
    }

    private func withValue(_ word: String, _ value: String) -> String {
        guard let equals = word.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return value }
        return word[...equals] + value
    }
}
