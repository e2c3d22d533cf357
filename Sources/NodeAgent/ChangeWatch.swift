internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import Host
internal import Observing
internal import Reconciling
internal import Repository
internal import Steps
internal import Synchronization

/// Tells when the cluster's configuration or a file of this host has moved, at the price of a few stat(2) calls.
final class ChangeWatch: Sendable {
    private let settings: Settings
    private let known: Mutex<Stamps>
    private let policy = Mutex(Policy())
    private static let pause = Duration.milliseconds(500)

    /// Where Pacemaker keeps the configuration: replaced by a rename whenever it changes, not when the status does.
    private static let liveCIB = "/var/lib/pacemaker/cib/cib.xml"

    private struct Stamps: Hashable {
        var cib = ""
        /// By path.
        var files: [String: String] = [:]
    }

    init(_ settings: Settings) {
        self.settings = settings
        known = Mutex(Stamps())
        look(nil)
    }

    /// Looks until the task is cancelled.
    func run(_ answer: @escaping World.Answer) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.pause)
            look(answer)
        }
    }

    /// What a step of this process has changed is no news to it; whatever else is changed at the same time is.
    func expect(_ action: Action) {
        known.withLock { known in
            switch action {
            case .ban, .transact, .record: known.cib = FileTree().stamp(of: cib)
            case .writeFile(let change), .removeFile(let change): known.files[change.path.text] = tree.stamp(of: change.path.text)
            case .createVolume, .growVolume, .removeVolume, .createMetadata, .up, .firstSync, .resize, .adjust, .down, .changeDomain, .reloadCorosync,
                .registerNodes, .forgetFailures:
                break
            }
        }
    }

    /// Where the hosts keep the files of the commit in hand.
    func follow(_ policy: Policy) {
        guard self.policy.withLock({ former in former != policy }) else { return }
        self.policy.withLock { $0 = policy }
        look(nil)
    }

    private func look(_ answer: World.Answer?) {
        let now = stamps
        let last = known.withLock { known in
            defer { known = now }
            return known
        }
        if now.cib != last.cib { answer?(.moved(.cluster)) }
        if now.files != last.files.filter({ !$0.value.isEmpty }) { answer?(.moved(.host)) }
    }

    private var stamps: Stamps { Stamps(cib: FileTree().stamp(of: cib), files: files) }

    private var files: [String: String] {
        guard settings.hasHost else { return [:] }
        let policy = self.policy.withLock { $0 }
        var stamps: [String: String] = [:]
        for directory in [policy.drbdDirectory, policy.xenDirectory, NodeSecrets.directory] {
            for name in (try? tree.regularFiles(in: directory)) ?? [] {
                stamps["\(directory)/\(name)"] = tree.stamp(of: "\(directory)/\(name)")
            }
        }
        return stamps
    }

    private var tree: FileTree { FileTree(root: settings.root ?? "/") }

    private var cib: String {
        switch settings.cib {
        case .cluster: Self.liveCIB
        case .file(let path): path
        }
    }
}
