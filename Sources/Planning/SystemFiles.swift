internal import LiveState
internal import OCFS2Syntax
internal import Repository
internal import Steps

/// What has to be told of a file of the system that changes: corosync and o2cb read theirs once.
struct SystemFiles {
    let reloadsCorosync: Bool
    /// OCFS2 clusters that the kernel does not know all nodes of.
    let unregistered: [String]

    static let none = SystemFiles(reloadsCorosync: false, unregistered: [])

    private init(reloadsCorosync: Bool, unregistered: [String]) { (self.reloadsCorosync, self.unregistered) = (reloadsCorosync, unregistered) }

    /// - Parameter changes: of the files of this host.
    init(base: DesiredState?, desired: DesiredState, live: LiveFiles, changes: [FileChange]) {
        reloadsCorosync =
            desired.files.first { $0.format == .corosync }.map { file in
                // The plan is made anew when the file is there: what the commit changes tells.
                let former = base?.files.first { $0.format == .corosync }
                return former.map { !file.means(the: $0.source) } ?? changes.contains { $0.format == .corosync && $0.action == .change }
            } ?? false
        let nodes = desired.read.ocfs2?.content.nodes ?? []
        let wanted = Dictionary(grouping: nodes) { $0["cluster"] ?? "" }.mapValues { Set($0.compactMap { $0["name"] }) }
        unregistered = live.registeredNodes.filter { cluster, known in wanted[cluster].map { !$0.isSubset(of: known) } ?? false }.keys.sorted()
    }
}
