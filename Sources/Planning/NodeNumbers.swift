internal import CIB
internal import Diagnostics
internal import Repository
internal import XML

/// The ids of nodes are corosync's, and no commit changes them.
struct NodeNumbers {
    private let desired: DesiredState

    init(of desired: DesiredState) { self.desired = desired }

    /// What is to be said where the repository has another id than the cluster.
    func difference(of node: ObjectID, from present: CIBObject) -> Finding? {
        guard node.kind == .node, let declaration = desired[node], let number = declaration.object.element.id,
            let present = present.element.id, number != present
        else { return nil }
        return .warning(
            "node \(node.name) has the id \(present) in the cluster, and stays so: the repository says \(number)",
            at: declaration.place(of: node.name), remedy: "write node \(present): \(node.name)")
    }
}
