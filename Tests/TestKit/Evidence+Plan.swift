public import ClusterModel
internal import LiveState
public import Planning
internal import Repository
public import Safety

extension Evidence {
    /// Of a plan alone: nobody was asked, and there is no cluster.
    public init(of plan: Plan, commit: Commit?) {
        self.init(plan: plan, live: LiveState(node: "alice", cib: plan.live), commit: commit, policy: Policy())
    }
}
