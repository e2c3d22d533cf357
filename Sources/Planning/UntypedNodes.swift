internal import CIB
internal import Diagnostics
internal import XML

/// The first schema wants a type of every node. Where one has none, no tool of Pacemaker loads the CIB of a file, and the daemons take a
/// transaction only if it gives the node one: cibadmin says "Update does not conform to the configured schema", and no more.
struct UntypedNodes {
    let live: CIB
    let edits: Edits
    let isOnCluster: Bool

    var findings: [Finding] {
        guard live.schema == "pacemaker-1.0", !edits.isEmpty else { return [] }
        let untyped = live.objects.filter { $0.id.kind == .node && $0.element["type"] == nil && !isMended($0) }
        return untyped.map { node in
            .error(
                "node \(node.id.name) has no type in the live CIB, and its schema pacemaker-1.0 wants one: Pacemaker's tools refuse what is written",
                remedy: isOnCluster
                    ? "declare it: node \(node.id.name)"
                    : "write type=\"normal\" into the node's element by hand, or another validate-with into the CIB's")
        }
    }

    private func isMended(_ node: CIBObject) -> Bool { isOnCluster && (edits.changed[node.id]?["type"] != nil || edits.removed.contains(node.id)) }
}
