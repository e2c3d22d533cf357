internal import ClusterModel
internal import Diagnostics
internal import Host
internal import Observing
internal import Steps

// Files of the host.
extension Executor {
    /// Keeps the former version: an administrator's edit that is put right is not lost.
    func write(_ change: FileChange, for commit: CommitID?, limit: Duration) async throws -> StepOutcome {
        try await calls.run("writing \(change.path)", limit: limit) { [host] in try host.write(change, for: commit) }
    }

    func remove(_ change: FileChange, for commit: CommitID?, limit: Duration) async throws -> StepOutcome {
        try await calls.run("removing \(change.path)", limit: limit) { [host] in try host.remove(change, for: commit) }
    }
}

/// The host's files, what was put there, and what was there before.
struct HostFiles: Sendable {
    let tree: FileTree
    /// Where the former version of every file that changes is kept.
    let backups: FileTree
    let deposits: Deposits

    func write(_ change: FileChange, for commit: CommitID?) throws -> StepOutcome {
        guard let new = change.new else { return .nothingToDo }
        guard try isAsPlanned(change) else { return .moved("\(change.path) has changed since it was looked at") }
        // What is written below a mount point the next mount buries.
        if let point = change.mountPoint, (try? MountTable())?.has(point) != true { return .moved("nothing is mounted on \(point) any more") }
        try keep(change, for: commit)
        try deposits.note(change, for: commit)
        try tree.makeDirectory(change.path.directory.text)
        try tree.removeOldDrafts(of: change.path.text)
        try tree.write(new.bytes, to: change.path.text, mode: change.holdsSecrets ? 0o600 : 0o644, narrowing: change.holdsSecrets)
        return .done
    }

    func remove(_ change: FileChange, for commit: CommitID?) throws -> StepOutcome {
        guard try tree.readIfPresent(change.path.text) != nil else { return .nothingToDo }
        guard try isAsPlanned(change) else { return .moved("\(change.path) has changed since it was looked at") }
        try keep(change, for: commit)
        try tree.remove(change.path.text)
        return .done
    }

    /// The approval is one of what was there then.
    private func isAsPlanned(_ change: FileChange) throws -> Bool {
        let present = try tree.readIfPresent(change.path.text)
        return present == change.old?.bytes || present == change.new?.bytes
    }

    private func keep(_ change: FileChange, for commit: CommitID?) throws {
        guard let old = change.old else { return }
        let place = "/\(commit?.hex ?? "edits")\(change.path)"
        guard try backups.readIfPresent(place) == nil else { return }  // what was there first is what people look for
        try backups.makeDirectory(HostPath(place).directory.text, mode: 0o700)
        try backups.write(old.bytes, to: place, mode: 0o600)
        try prune()
    }

    /// Those of the latest commits stay.
    private func prune() throws {
        let commits = try backups.entries(of: "/").filter { $0.kind == .directory }.map(\.name)
        guard commits.count > Self.mostBackups else { return }
        let oldest = commits.sorted { (backups.modificationTime(of: "/" + $0) ?? 0) < (backups.modificationTime(of: "/" + $1) ?? 0) }
        for commit in oldest.dropLast(Self.mostBackups) { try backups.removeAll("/" + commit) }
    }

    /// Commits.
    static let mostBackups = 100
}
