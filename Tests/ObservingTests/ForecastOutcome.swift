import CIB
import ClusterModel
import Diagnostics
import Host
import LiveState
import Planning
import Presenting
import Repository
import Safety
import TestKit
import Testing

@testable import Observing

/// What a commit does to a cluster, and what stands against it.
struct ForecastOutcome {
    let plan: Plan
    let forecast: Known<Forecast>

    /// - Parameter live: nil is the cluster as the base has made it.
    init(_ base: String, _ desired: String, live: CIB? = nil) async throws {
        let (base, desired) = (base.withNodes, desired.withNodes)
        let running = if let live { live } else { try await RunningCluster.settled(base) }
        plan = try Scene(base: DesiredState(crm: base), desired: DesiredState(crm: desired), live: running).plan()
        let scratch = try Scratch()
        forecast = await TransitionSimulator(scratchDirectory: scratch.path).forecast(of: plan)
        #expect(try FileTree(root: scratch.path).entries(of: "/").isEmpty)
    }

    var text: String { ForecastText(forecast, touched: plan.touched, style: .plain).lines.dropFirst().joined(separator: "\n") }

    func objections(_ trailer: String? = nil) -> [Disruption] {
        let message = "Change it" + (trailer.map { "\n\n\($0)\n" } ?? "")
        let commit = Commit(id: .desired, tree: "", author: "", time: 0, message: message)
        return BystanderRule(plan: plan, forecast: forecast.value ?? Forecast(), commit: commit).objections
    }
}

extension String {
    /// With a cluster around the resources, unless they bring their own.
    var withNodes: String { contains("node 1:") ? self : "node 1: alice\nnode 2: bob\nproperty stonith-enabled=false\n" + self }
}
