internal import CIB
internal import Diagnostics
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
    /// The part that only writes files onto this host: nothing that goes, nothing of the CIB. What must not stand where it belongs is refused as ever.
    public var comingFiles: Plan {
        var parts = self.parts
        (parts.volumes, parts.volumeFaults, parts.grown) = ([], VolumeFaults(), [])
        (parts.changes, parts.held, parts.unmanaged, parts.deferred, parts.misfits, parts.mended) = ([], [], [], [], [], [])
        parts.transaction = Transaction(from: live, Edits())
        parts.lostSecrets = []
        parts.newcomers = DRBDNewcomers()
        (parts.domainChanges, parts.outdatedDomains) = ([], [])
        (parts.systemFiles, parts.restarted, parts.newFilesystems) = (.none, [], [])
        parts.files.removeAll { $0.action == .delete }
        parts.stages = Once()
        parts.isOnCluster = false
        return Plan(parts)
    }
}

extension Step {
    /// The volume that it makes, enlarges or removes.
    public var volumeChange: VolumeChange? {
        switch action {
        case .createVolume(let change), .growVolume(let change), .removeVolume(let change): change
        case .writeFile, .removeFile, .createMetadata, .up, .firstSync, .resize, .adjust, .down, .changeDomain, .reloadCorosync, .registerNodes,
            .forgetFailures, .ban, .transact, .record:
            nil
        }
    }

    /// The DRBD resource whose metadata it makes.
    public var metadata: String? { if case .createMetadata(let resource, _) = action { resource } else { nil } }

    /// The file that it writes or removes.
    public var fileChange: FileChange? {
        switch action {
        case .writeFile(let change), .removeFile(let change): change
        case .createVolume, .growVolume, .removeVolume, .createMetadata, .up, .firstSync, .resize, .adjust, .down, .changeDomain, .reloadCorosync,
            .registerNodes, .forgetFailures, .ban, .transact,
            .record:
            nil
        }
    }
}
