internal import CIB
public import ClusterModel
internal import Diagnostics
internal import LiveState
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
    /// The part that only writes files onto this host: nothing of the CIB, and of what goes only the files of DRBD that what comes needs the room of, a
    /// minor or a port, where they are not up. What must not stand where it belongs is refused as ever.
    public var comingFiles: Plan {
        var parts = self.parts
        let going = Set(files.filter { $0.action == .delete }.flatMap(\.resources))
        let up = drbd.value.map { Set($0.keys) } ?? going
        let room = Set(FileStages(files, inUse: going).vacating.filter { up.isDisjoint(with: $0.resources) }.map(\.path))
        (parts.volumes, parts.volumeFaults, parts.grown) = ([], VolumeFaults(), [])
        (parts.changes, parts.held, parts.unmanaged, parts.deferred, parts.misfits, parts.mended) = ([], [], [], [], [], [])
        parts.transaction = Transaction(from: live, Edits())
        parts.lostSecrets = []
        parts.newcomers = DRBDNewcomers()
        (parts.domainChanges, parts.outdatedDomains) = ([], [])
        (parts.systemFiles, parts.restarted, parts.newFilesystems) = (.none, [], [])
        parts.files.removeAll { $0.action == .delete && !room.contains($0.path) }
        parts.stages = Once()
        parts.hazards = parts.drbdHazards.messages(drbd, expected: [])
        (parts.isOnCluster, parts.isHostOnly) = (false, true)
        return Plan(parts)
    }
}

extension Plan {
    /// The live resources that read a file which the plan changes, and what is around them.
    public var resourcesWithFiles: Set<ResourceID> {
        let paths = Set(files.map(\.path.text))
        let replicated = Set(files.filter { $0.format == .drbd }.flatMap(\.resources))
        guard !paths.isEmpty else { return [] }
        let tree = live.resourceTree
        let readers = live.objects.filter { object in
            tree.domainFile(of: object).map(paths.contains) == true || tree.drbdResource(of: object).map(replicated.contains) == true
        }
        return Set(readers.flatMap { tree.around($0.id.name) }.map(ResourceID.init(_:)))
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
