internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Repository

/// One machine: what is on its disk survives everything, what is in its memory goes with the power.
final class Host {
    let name: NodeName

    // On disk.
    var own: [String: SourceText] { didSet { definitions = nil } }
    /// What lies on the cluster's file system; nil where there is none.
    let shared: SharedFiles?
    /// What Pacemaker has on disk.
    var cib: CIB
    /// The commits whose files may be here, oldest first, with the paths.
    var deposits: [(commit: CommitID, paths: Set<String>)] = []
    /// The repository as this node has fetched it.
    var mirror: Set<CommitID> = []
    var fetchedHead: CommitID?
    var backups: [String: SourceText] = [:]
    var volumes = LiveVolumes()
    /// What was seen held, and since when.
    var holds = HoldTimes()
    /// What is on them.
    var disks: [VolumePath: DiskContent] = [:]

    // In memory.
    var hasPower = true
    /// Whether somebody else has taken all the room there is.
    var isFull = false
    /// Whether corosync and Pacemaker run.
    var isInCluster = true
    /// Resources that Pacemaker, or nobody any more, has running here.
    var running: [String: Running] = [:]
    /// DRBD resources that are up, and what their files said when they were adjusted last.
    var drbd: [String: DRBDDefinition] = [:]
    /// DRBD resources that are primary here.
    var primaries: Set<String> = []

    struct Running {
        /// What the CIB said it was when it was started.
        let kind: ResourceWish.Kind
        /// What a domU was started from.
        var file: SourceText?
        /// The parameter that it was started with.
        var address: String?
        var hasFailed = false

        /// Whether it is a domU that takes all memory there is.
        var isHungry: Bool { file?.text.contains("memory = 9000") ?? false }
    }

    init(_ name: NodeName, _ cib: CIB, _ shared: SharedFiles? = nil) {
        self.name = name
        self.cib = cib
        self.shared = shared
        own = [:]
    }

    func losePower() {
        hasPower = false
        isInCluster = false
        running = [:]
        drbd = [:]
        primaries = []
    }

    /// The file that defines a DRBD resource; nil where there is none.
    func definition(of resource: String) -> DRBDDefinition? {
        let known = definitions ?? defined
        definitions = known
        return known[resource]
    }

    private var definitions: [String: DRBDDefinition]?

    /// By the first of their files.
    private var defined: [String: DRBDDefinition] {
        var all: [String: DRBDDefinition] = [:]
        for (path, file) in own.sorted(by: { $0.key > $1.key }) where path.hasPrefix("/etc/drbd.d/") {
            for line in file.text.utf8.split(separator: UInt8(ascii: "\n")) where line.starts(with: "resource ".utf8) {
                all[String(Substring(line.dropFirst(9).prefix { $0 != UInt8(ascii: " ") }))] = DRBDDefinition(file)
            }
        }
        return all
    }
}
