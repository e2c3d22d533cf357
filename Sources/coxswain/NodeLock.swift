internal import Diagnostics
internal import Glibc
internal import Host
internal import NodeAgent
internal import Observing

/// What one process at a time does: use a state directory, and change the cluster from this node. Two that follow different repositories would each
/// put right what the other has done.
struct NodeLock: ~Copyable {
    private static let node = "/run/coxswain.lock"

    private let state: FileLock
    private let cluster: FileLock?

    /// - Throws: `FileError` or a finding when another process has one of them.
    init(_ settings: Settings) throws {
        let state = try FileLock(settings.stateDirectory + "/lock")
        let cluster = settings.cib == .cluster ? try Self.lockNode() : nil
        self.state = state
        self.cluster = cluster
    }

    /// Who may not write there can't be root, and may be allowed to ask the cluster all the same.
    private static func lockNode() throws -> FileLock? {
        do throws(FileError) {
            return try FileLock(node)
        } catch {
            if error.reason == .system(EACCES) { return nil }
            guard case .locked = error.reason else { throw error }
            throw Finding.error(
                error.finding.message,
                remedy: "it changes this cluster from this node already, and one at a time does: end it first, if that is meant")
        }
    }
}
