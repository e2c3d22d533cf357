internal import CIB
public import ClusterModel
internal import Diagnostics
public import GitStore
internal import Host
public import LiveState
internal import Observing
public import Planning
internal import Records
public import Repository
public import Safety
internal import Steps

/// Looks at both sides and makes the plan. It changes nothing.
public struct Surveyor: Sendable {
    let settings: Settings
    let desired: DesiredReader
    let record: HostRecord
    private let mirror: Mirror

    public init(_ settings: Settings, mirror: Mirror) {
        self.settings = settings
        record = HostRecord(stateDirectory: settings.stateDirectory)
        self.mirror = mirror
        desired = DesiredReader(mirror, path: settings.path)
    }

    /// The desired state of a commit.
    public func read(_ commit: Commit) async throws -> DesiredReader.Reading { try await desired.read(commit) }

    /// The desired state of a checkout, uncommitted edits included.
    public func read(_ worktree: Worktree) async throws -> DesiredReader.Reading { try await desired.read(worktree) }

    /// What one look showed.
    public struct Survey: Sendable {
        public let commit: Commit?
        public let desired: DesiredState
        public let plan: Plan
        public let files: LiveFiles
        /// Nil where there is no cluster: a CIB in a file.
        public let cluster: ClusterStatus?
        /// Whether the commit, or one that this host has followed before, has files for the hosts.
        public let concernsHosts: Bool
        /// Whether the commit's tree is that of a commit before it in the history that was applied: a revert.
        public let restoresKnownTree: Bool

        public var gate: Gate {
            Gate(plan: plan, commit: commit, cluster: cluster, restoresKnownTree: restoresKnownTree)
        }
    }

    /// - Throws: `Findings` where the desired state can't be planned for.
    public func survey(_ reading: DesiredReader.Reading) async throws -> Survey {
        let live = try await settings.cib.read()
        let applied = ClusterRecord(in: live).applied
        let base = try await desired.base(applied)
        let hostBases = try await hostBases(orElse: base)
        let cluster = settings.cib == .cluster ? try await ClusterObserver().status() : nil
        let mounts = try await mounts(reading.state, live, cluster)
        let files = hostFiles([reading.state.policy] + hostBases.map(\.policy), mounts, secrets: reading.state.secretNames)
        var planner = Planner(
            commit: reading.commit?.id, base: (applied, base), desired: reading.state.forHost(settings.hasHost),
            live: live, files: files, hostBases: hostBases)
        return Survey(
            commit: reading.commit, desired: reading.state, plan: try planner.plan(), files: files,
            cluster: cluster,
            concernsHosts: ([reading.state] + hostBases).contains { !$0.files.isEmpty },
            restoresKnownTree: try await isKnownTree(reading, applied: applied))
    }

    private func hostBases(orElse base: DesiredState?) async throws -> [DesiredState] {
        var states: [DesiredState] = []
        for commit in try record.commits() {
            if let state = try await desired.base(commit) { states.append(state) }
        }
        return states.isEmpty ? [base].compactMap(\.self) : states
    }

    /// Where the cluster mounts, or is going to mount, its own file systems, and whether it has done so on this node.
    private func mounts(_ desired: DesiredState, _ live: CIB, _ cluster: ClusterStatus?) async throws -> [String: Bool] {
        guard settings.actsOnHost, let cluster else { return [:] }
        let filesystems = (live.objects + desired.declarations.map(\.object)).filesystems
        guard !filesystems.isEmpty else { return [:] }
        let here = try await ClusterObserver().nodeName()
        return Dictionary(
            filesystems.map { ($0.directory, cluster.isActive($0.name, on: here)) }, uniquingKeysWith: { $0 || $1 })
    }

    private func hostFiles(_ policies: [Policy], _ mounts: [String: Bool], secrets names: Set<String>) -> LiveFiles {
        guard settings.hasHost else { return LiveFiles() }
        let tree = FileTree(root: settings.root ?? "/")
        var files = HostObserver(tree: tree).files(for: policies, mounts: mounts)
        files.secrets = SecretObserver(tree: tree).secrets(names)
        return files
    }

    /// "… or its tree is that of a commit applied before": reverts need no word of their own.
    private func isKnownTree(_ reading: DesiredReader.Reading, applied: CommitID?) async throws -> Bool {
        guard let commit = reading.commit, let applied, try await mirror.contains(applied) else { return false }
        let history = try await mirror.history(from: applied, limit: 1000)
        let cluster = settings.cluster ?? reading.state.policy.cluster ?? Policy.defaultCluster
        for former in history where former.tree == commit.tree {
            if await NoteWriter.hasConverged(former.id, cluster: cluster, in: mirror) { return true }
        }
        return false
    }

    /// What drbdadm says of the plan's DRBD files: what is wrong with them, and what adjusting would run.
    public func preview(_ survey: Survey) async throws -> (complaint: String?, commands: [String: [String]]) {
        let changes = survey.plan.files.filter { $0.format == .drbd }
        guard !changes.isEmpty else { return (nil, [:]) }
        var preview = DRBDPreview(directory: settings.scratchDirectory + "/drbd", isOnHost: settings.actsOnHost, node: settings.node)
        defer { preview.clear() }
        for stage in DRBDPreview.stages(of: changes) {
            try preview.prepare(survey.files, with: stage, under: survey.desired.policy)
            if let complaint = try await preview.complaint() { return (complaint, [:]) }
        }
        guard settings.actsOnHost else { return (nil, [:]) }
        return (nil, try await preview.adjustments(of: changes.filter { $0.action == .change }.flatMap(\.resources)))
    }
}
