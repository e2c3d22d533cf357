internal import CIB
internal import Repository
public import Steps

extension Plan {
    /// For each stage that touches files of DRBD's: all that have been touched when it is over.
    public var drbdFileStages: [[FileChange]] {
        let steps = self.steps
        var done: [FileChange] = []
        return [Stage.prepare, .replace, .retire].compactMap { stage in
            let changes = steps.filter { $0.stage == stage }.compactMap(\.fileChange).filter { $0.format == .drbd }
            done += changes
            return changes.isEmpty ? nil : done
        }
    }
}

extension Plan {
    /// The part that only writes files onto this host: nothing that goes, nothing of the CIB.
    public var comingFiles: Plan {
        Plan(
            commit: commit, base: base, changes: [], files: files.filter { $0.action != .delete }, held: [], unmanaged: [],
            unmanagedFiles: unmanagedFiles, hostFiles: hostFiles, unreachableFiles: unreachableFiles, hazards: hazards,
            missingSecrets: missingSecrets, deferred: [], managedCount: managedCount, misfits: [], notices: notices, live: live, edits: Edits(),
            activeResources: activeResources, isOnCluster: false, drbd: drbd, node: node, mended: [])
    }
}

extension Step {
    /// The file that it writes or removes.
    public var fileChange: FileChange? {
        switch action {
        case .writeFile(let change), .removeFile(let change): change
        case .adjust, .down, .forgetFailures, .ban, .transact, .record: nil
        }
    }
}
