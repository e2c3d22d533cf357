import ClusterModel
import FoundationEssentials
import Host
import Planning
import Records
import Safety
import Steps
import TestKit
import Testing

@testable import Presenting
@testable import Reconciling

@Suite("Alerts and the dashboard")
struct MonitoringTests {
    private static let directory = "\(#filePath)".split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/deploy/monitoring"

    private func text(_ name: String) throws -> String {
        String(decoding: try FileTree().read("\(Self.directory)/\(name)", limit: 1 << 20), as: UTF8.self)
    }

    /// The page of a node that has something of everything.
    private func page() throws -> String {
        let plan = try Scene(
            base: "primitive a Dummy\nprimitive b Dummy", desired: "primitive a Dummy\nprimitive b Dummy params fake=1",
            live: "primitive a Dummy meta target-role=Stopped\nprimitive b Dummy"
        ).plan()
        let commit = Commit(id: .desired, tree: "t", author: "", time: 0, message: "a")
        let standing = Standing(
            head: commit, isHeard: true, isResting: false, activity: "waiting", commit: .desired, remaining: plan.steps,
            evidence: Evidence(of: plan, commit: commit),
            wait: (.healthy, "a", .seconds(3), nil), suspension: nil, record: ClusterRecord(applied: .desired, good: .base, held: .desired),
            last: nil)
        var tally = Tally()
        (tally.results, tally.steps, tally.lastSuccess) = ([.converged: 1], [.init("commit", .done): 1], 1)
        return Vitals(standing, tally, program: "1").prometheus
    }

    @Test("promtool takes the rules, and every alert comes when it should, and not before")
    func rules() async throws {
        for words in [["check", "rules", "coxswain.rules.yml"], ["test", "rules", "coxswain.rules.test.yml"]] {
            let output = try await Command("promtool", words, directory: Self.directory, limit: .seconds(120)).run()
            #expect(output.succeeded, "\(output.text)\(output.error)")
        }
        let alerts = try text("coxswain.rules.yml").matches(of: /alert: (\w+)/).map { String($0.output.1) }
        let tests = try text("coxswain.rules.test.yml")
        #expect(alerts.count >= 10)
        for alert in alerts { #expect(tests.contains(alert), "no scene for \(alert)") }
    }

    @Test(
        "every metric and label that they name is one that the daemon writes",
        arguments: ["coxswain.rules.yml", "coxswain.rules.test.yml", "grafana.json"])
    func names(_ file: String) throws {
        let page = try page()
        let known = Set(page.matches(of: /(?m)^(coxswain_\w+)/).map { String($0.output.1) })
        let named = Set(try text(file).matches(of: /coxswain_\w+/).map { String($0.output) })
        #expect(known.count >= 14 && named.count >= 8)
        #expect(named.subtracting(known) == [])
        let labels = Set(page.matches(of: /[{,](\w+)="/).map { String($0.output.1) }).union(["instance", "cluster", "job", "alertname", "alertstate"])
        let asked = Set(
            try text(file).matches(of: /coxswain_\w+\{([^}]*)\}/).flatMap { $0.output.1.matches(of: /(\w+)(?:=|!)/).map { String($0.output.1) } })
        #expect(asked.subtracting(labels) == [])
    }

    @Test("the dashboard is JSON that Grafana takes: panels within its grid, each with a query and a data source that is asked for")
    func dashboard() throws {
        struct Dashboard: Decodable {
            struct Panel: Decodable {
                struct Place: Decodable { let x, y, w, h: Int }
                struct Target: Decodable { let expr: String? }
                let id: Int, title: String, gridPos: Place, targets: [Target]?, type: String
            }
            let title: String, uid: String, panels: [Panel], schemaVersion: Int
        }
        let dashboard = try JSONDecoder().decode(Dashboard.self, from: Data(try text("grafana.json").utf8))
        #expect(dashboard.panels.count >= 10 && Set(dashboard.panels.map(\.id)).count == dashboard.panels.count)
        for panel in dashboard.panels where panel.type != "row" {
            #expect(
                panel.gridPos.x + panel.gridPos.w <= 24 && panel.targets?.isEmpty == false
                    && panel.targets?.allSatisfy { $0.expr?.isEmpty == false } == true)
        }
    }
}
