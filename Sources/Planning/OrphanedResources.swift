internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import Steps

/// A file goes, and what needs it stays in the cluster: nobody may delete that, where the commit that made it is not in the repository any more.
struct OrphanedResources {
    private let transaction: Transaction
    private let going: [FileChange]

    init(of files: [FileChange], after transaction: Transaction) {
        self.transaction = transaction
        going = files.filter { $0.action == .delete }
    }

    var findings: [Finding] {
        guard !going.isEmpty else { return [] }
        let wanted = transaction.to
        let (tree, resources) = (wanted.resourceTree, wanted.drbdResources)
        let domains = Set(wanted.objects.compactMap(tree.domainFile))
        return going.filter { domains.contains($0.path.text) || !resources.isDisjoint(with: $0.resources) }.map { change in
            .error(
                "\(change.path) would go, and what needs it stays in the cluster",
                remedy: "declare the resource again; or delete it from the cluster by hand first")
        }
    }
}
