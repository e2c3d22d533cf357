internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import Host
public import Observing
public import Safety
public import Steps

/// The one place that changes the cluster and its hosts: it performs a step for a permit, and uses the permit up.
///
/// Each kind of action stands in a file of its own. All are safe to perform again after they were interrupted anywhere.
public actor Executor {
    let source: CIBSource
    let host: HostFiles
    let scratch: FileTree
    /// Whether DRBD and LVM are this host's, and may be asked to act.
    let actsOnHost: Bool
    /// What lvm(8) and drbdadm(8) find in their environment besides, and where drbdadm has its configuration, in its words.
    let environment: [String: String]
    let drbdConfiguration: [String]
    var disks: DRBDDisks { DRBDDisks(configuration: drbdConfiguration, environment: environment) }
    let calls = BlockingCalls()

    /// - Parameters:
    ///   - root: the prefix of the host's files.
    ///   - environment: what lvm(8) and drbdadm(8) are told besides (`LVM_SYSTEM_DIR`).
    ///   - drbdConfiguration: where drbdadm has its configuration, in its words; none is the host's own files.
    ///   - scratchDirectory: for the files that Pacemaker's tools read.
    ///   - deposits: what is known of the files that are put on this host.
    public init(
        _ source: CIBSource, root: String, stateDirectory: String, scratchDirectory: String, actsOnHost: Bool, deposits: Deposits,
        environment: [String: String] = [:], drbdConfiguration: [String] = []
    ) {
        self.environment = environment
        self.drbdConfiguration = drbdConfiguration
        self.source = source
        host = HostFiles(
            tree: FileTree(root: root), backups: FileTree(root: stateDirectory + "/backup"), deposits: deposits)
        scratch = FileTree(root: scratchDirectory)
        self.actsOnHost = actsOnHost
    }

    /// Performs the step of the permit.
    public func perform(_ permit: consuming Permit) async -> StepOutcome {
        // drbdadm shows the command that failed, with all that it was given: the words go to logs and notes.
        switch await carryOut(permit) {
        case .failed(let words): .failed(words.concealingSecrets)
        case let outcome: outcome
        }
    }

    private func carryOut(_ permit: consuming Permit) async -> StepOutcome {
        let step = permit.step
        do {
            switch step.action {
            case .writeFile(let change): return try await write(change, for: permit.fingerprint.commit, limit: step.limit)
            case .removeFile(let change): return try await remove(change, for: permit.fingerprint.commit, limit: step.limit)
            case .createVolume(let change): return try await createVolume(change, limit: step.limit)
            case .growVolume(let change): return try await growVolume(change, limit: step.limit)
            case .removeVolume(let change): return try await removeVolume(change, limit: step.limit)
            case .createMetadata(let resource, let devices): return try await createMetadata(resource, devices, limit: step.limit)
            case .up(let resource): return try await bringUp(resource, limit: step.limit)
            case .firstSync(let resource, let begins, let copies):
                return try await firstSync(resource, begins: begins, copies: copies, limit: step.limit)
            case .resize(let resource): return try await resize(resource, limit: step.limit)
            case .adjust(let resource): return try await adjust(resource, limit: step.limit)
            case .down(let resource): return try await takeDown(resource, limit: step.limit)
            case .changeDomain(let change): return try await self.change(change, limit: step.limit)
            case .reloadCorosync: return try await reloadCorosync(limit: step.limit)
            case .registerNodes(let cluster): return try await registerNodes(of: cluster, limit: step.limit)
            case .forgetFailures(let resource, let node): return try await forgetFailures(of: resource, on: node, limit: step.limit)
            case .ban(let transaction, _): return try await swap(transaction, limit: step.limit)
            case .transact(let transaction): return try await commit(transaction, limit: step.limit)
            case .record(let edit): return try await record(edit, limit: step.limit)
            }
        } catch {
            return .failed("\(error)")
        }
    }
}
