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
    /// The host's files.
    let tree: FileTree
    /// Where the former version of every file that changes is kept.
    let backups: FileTree
    let scratch: FileTree
    /// Whether DRBD is on this host, and may be asked to act.
    let actsOnHost: Bool
    let deposits: Deposits

    /// - Parameters:
    ///   - root: the prefix of the host's files.
    ///   - scratchDirectory: for the files that Pacemaker's tools read.
    public init(_ source: CIBSource, root: String, stateDirectory: String, scratchDirectory: String, actsOnHost: Bool) {
        self.source = source
        tree = FileTree(root: root)
        backups = FileTree(root: stateDirectory + "/backup")
        scratch = FileTree(root: scratchDirectory)
        self.actsOnHost = actsOnHost
        deposits = Deposits(stateDirectory: stateDirectory)
    }

    /// Performs the step of the permit.
    public func perform(_ permit: consuming Permit) async -> StepOutcome {
        let step = permit.step
        do {
            switch step.action {
            case .writeFile(let change): return try write(change, for: permit.fingerprint.commit)
            case .removeFile(let change): return try remove(change, for: permit.fingerprint.commit)
            case .adjust(let resource): return try await adjust(resource, limit: step.limit)
            case .down(let resource): return try await takeDown(resource, limit: step.limit)
            case .ban(let transaction, _): return try await swap(transaction, limit: step.limit)
            case .transact(let transaction): return try await commit(transaction, limit: step.limit)
            case .record(let edit): return try await record(edit, limit: step.limit)
            }
        } catch {
            return .failed("\(error)")
        }
    }
}
