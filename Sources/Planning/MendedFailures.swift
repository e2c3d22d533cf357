internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Repository
internal import Steps

/// Failures of resources on this host that came of a file which was missing or wrong, and is there now: a node that was off starts what
/// it has missed before it has the files for it, and Pacemaker does not try again by itself.
struct MendedFailures {
    let live: CIB
    let desired: DesiredState
    let changes: [FileChange]
    /// When files were written, in seconds since 1970.
    let times: [String: Int64]

    func resources(on node: NodeName) -> [ResourceID] {
        // What can't be read names no failure.
        guard let errors = try? live.status?.hardErrors(on: node.text), !errors.isEmpty else { return [] }
        let tree = live.resourceTree
        let written = Set(changes.filter { $0.new != nil }.map(\.path.text))
        let mended = errors.filter { error in
            guard let object = tree[error.resource] else { return false }
            return files(of: object, tree).contains { written.contains($0) || times[$0].map { $0 >= error.time } ?? false }
        }
        return Set(mended.map { ResourceID($0.resource) }).sorted()
    }

    /// What its agent reads.
    private func files(of object: CIBObject, _ tree: ResourceTree) -> [String] {
        let definitions =
            tree.drbdResource(of: object).map { name in
                desired.placedFiles.filter { $0.resources.contains(name) }.map(\.path.text)
            } ?? []
        return [tree.domainFile(of: object)].compactMap(\.self) + definitions
    }
}
