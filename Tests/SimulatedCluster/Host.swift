internal import CIB
internal import ClusterModel
internal import Diagnostics

/// One machine: what is on its disk survives everything, what is in its memory goes with the power.
final class Host {
    let name: NodeName

    // On disk.
    var files: [String: SourceText]
    /// What Pacemaker has on disk.
    var cib: CIB
    /// The commits whose files may be here, oldest first, with the paths.
    var deposits: [(commit: CommitID, paths: Set<String>)] = []
    /// The repository as this node has fetched it.
    var mirror: Set<CommitID> = []
    var fetchedHead: CommitID?
    var backups: [String: SourceText] = [:]

    // In memory.
    var hasPower = true
    /// Whether corosync and Pacemaker run.
    var isInCluster = true
    /// Resources that Pacemaker, or nobody any more, has running here.
    var running: [String: Running] = [:]
    /// DRBD resources that are up, and what their files said when they were adjusted last.
    var drbd: [String: SourceText] = [:]
    /// DRBD resources that are primary here.
    var primaries: Set<String> = []

    struct Running {
        /// What a domU was started from.
        var file: SourceText?
        /// The parameter that it was started with.
        var address: String?
        var hasFailed = false
    }

    init(_ name: NodeName, _ cib: CIB) {
        self.name = name
        self.cib = cib
        files = [:]
    }

    func losePower() {
        hasPower = false
        isInCluster = false
        running = [:]
        drbd = [:]
        primaries = []
    }

    /// The file that defines a DRBD resource; nil where there is none.
    func definition(of resource: String) -> SourceText? {
        files.filter { $0.key.hasPrefix("/etc/drbd.d/") && $0.value.text.contains("resource \(resource) {") }.min { $0.key < $1.key }?.value
    }
}
