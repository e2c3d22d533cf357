import CIB
import ClusterModel
import Host
import Presenting
import Reconciling
import Records
import Steps
import Testing

@Suite("Metrics")
struct MetricsTests {
    private var tally: Tally {
        var tally = Tally()
        tally.results = [.converged: 3, .rolledBack: 1]
        tally.steps = [.init("commit", .done): 4, .init("write-file", .done): 12, .init("write-file", .failed("no space")): 1]
        tally.drift = [.declared: 2, .nodeState: 1]
        (tally.outages, tally.seconds, tally.timed, tally.lastSuccess) = (2, 12.5, 3, 1_700_000_000)
        return tally
    }

    @Test("Prometheus's own client reads what is written, with names, types and values")
    func readable() async throws {
        let machine = Reconciler(node: "alpha")
        let page = Vitals(machine.standing(at: .start), tally, program: "1.0 \"beta\" \\ x\ny").prometheus
        let script = """
            import sys
            from prometheus_client.parser import text_string_to_metric_families as read
            for f in read(sys.stdin.read()):
                assert f.documentation, f.name
                for s in f.samples: print(f.type, s.name, sorted(s.labels.items()), s.value)
            """
        let output = try await Command("/usr/bin/python3", ["-c", script], input: Array(page.utf8), limit: .seconds(60)).run().orThrow()
        let lines = Set(output.text.split(separator: "\n").map(String.init))
        for line in [
            "counter coxswain_commits_total [('result', 'converged')] 3.0", "counter coxswain_commits_total [('result', 'rolled-back')] 1.0",
            "counter coxswain_steps_total [('action', 'write-file'), ('result', 'done')] 12.0",
            "counter coxswain_steps_total [('action', 'write-file'), ('result', 'failed')] 1.0", "counter coxswain_repository_failures_total [] 2.0",
            "summary coxswain_reconcile_duration_seconds_sum [] 12.5", "summary coxswain_reconcile_duration_seconds_count [] 3.0",
            "gauge coxswain_last_converged_timestamp_seconds [] 1700000000.0", "gauge coxswain_suspended [] 0.0", "gauge coxswain_converged [] 0.0",
            "counter coxswain_drift_repairs_total [('class', 'declared')] 2.0", "counter coxswain_drift_repairs_total [('class', 'host')] 0.0",
            "gauge coxswain_drift [('class', 'node-state')] 0.0", "gauge coxswain_held [('class', 'move'), ('holder', 'operator')] 0.0",
            "gauge coxswain_steps_remaining [('stage', 'commit')] 0.0",
            "gauge coxswain_build_info [('version', '1.0 \"beta\" \\\\ x\\ny')] 1.0",
        ] { #expect(lines.contains(line), "\(line)\n\(output.text)") }
    }

    @Test("a node that knows no commit and no cluster is not ready, and says which")
    func hindrance() {
        #expect(Vitals(nil, Tally(), program: "").hindrance == "the daemon has only just started")
        #expect(Vitals(Reconciler(node: "alpha").standing(at: .start), Tally(), program: "").hindrance?.contains("no commit") == true)
    }
}
