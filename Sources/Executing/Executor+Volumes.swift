internal import Host
internal import LiveState
internal import Observing
internal import Repository
internal import Steps

// Logical volumes. What is there is looked at again just before: a step that was done already, or whose volume is another one by now, does nothing.
extension Executor {
    /// "-W|--wipesignatures y|n: Controls detection and subsequent wiping of signatures on newly created LVs. There's a prompt for each signature
    /// detected", "-Z|--zero y|n: Controls zeroing of the first 4 KiB of data in the new LV" (lvcreate(8), 2.03): with neither nothing is
    /// written to the volume and nothing is asked. What its extents hold from before is for whoever uses it to look at; DRBD is that only where there is nothing.
    func createVolume(_ change: VolumeChange, limit: Duration) async throws -> StepOutcome {
        guard actsOnHost, let size = change.new else { return .nothingToDo }
        if let present = try await volume(change) {
            guard present.size == size else { return .moved("\(change.path) is there by now") }
            return present.isUnfinished && change.isForDRBD ? try await finish(change, present, limit) : .nothingToDo
        }
        let options = ["--type", "linear", "--wipesignatures", "n", "--zero", "n", "--addtag", LiveVolumes.tag]
        let new = change.isForDRBD ? ["--addtag", LiveVolumes.newTag] : []
        let outcome = try await lvm("lvcreate", options + new + ["--name", change.path.name, "--size", "\(size)b", change.path.group], limit)
        return change.isForDRBD ? try await clear(change, limit) : outcome
    }

    /// What was cut off between making a volume and clearing it. Somebody may have found a use for it since.
    private func finish(_ change: VolumeChange, _ present: LiveVolumes.Volume, _ limit: Duration) async throws -> StepOutcome {
        guard present.isOpen == false else { return .failed("\(change.path) is in use, or LVM does not tell: it stays as it is") }
        let signatures = try await disks.signatures(on: change.path.device)
        return signatures.contains("drbd") ? try await release(change, limit) : try await clear(change, limit)
    }

    private func clear(_ change: VolumeChange, _ limit: Duration) async throws -> StepOutcome {
        try await wipe(change.path.device, limit)
        return try await release(change, limit)
    }

    /// Nothing that anybody knows, nor "some data", which drbdmeta sees in the first 128 KiB. Both refuse a device that is in use.
    func wipe(_ device: String, _ limit: Duration) async throws {
        _ = try await Command("wipefs", ["--all", "--quiet", device], limit: limit).run().orThrow()
        _ = try await Command("blkdiscard", ["--zeroout", "--length", "1MiB", device], limit: limit).run().orThrow()
    }

    private func release(_ change: VolumeChange, _ limit: Duration) async throws -> StepOutcome {
        try await lvm("lvchange", ["--deltag", LiveVolumes.newTag, "\(change.path)"], limit)
    }

    /// Without `--resizefs`: what is on the volume is not ours.
    func growVolume(_ change: VolumeChange, limit: Duration) async throws -> StepOutcome {
        guard actsOnHost, let size = change.new else { return .nothingToDo }
        guard let present = try await volume(change) else { return .moved("\(change.path) is gone") }
        guard present.size < size else { return present.size == size ? .nothingToDo : .moved("\(change.path) is larger by now") }
        guard present.layout == .linear else { return .moved("\(change.path) is no linear volume any more") }
        return try await lvm("lvextend", ["--size", "\(size)b", "\(change.path)"], limit)
    }

    /// One that is in use is left alone by lvremove(8) too, whatever is answered to its question.
    func removeVolume(_ change: VolumeChange, limit: Duration) async throws -> StepOutcome {
        guard actsOnHost, let present = try await volume(change) else { return .nothingToDo }
        guard present.isOurs, present.layout == .linear else { return .moved("\(change.path) is not the volume that was made here") }
        guard present.isOpen == false else { return .failed("\(change.path) is in use, or LVM does not tell: it stays") }
        return try await lvm("lvremove", ["--yes", "\(change.path)"], limit)
    }

    private func volume(_ change: VolumeChange) async throws -> LiveVolumes.Volume? {
        switch await VolumeObserver(environment: environment).volumes() {
        case .known(let volumes): volumes[change.path]
        case .unknown(let reason): throw Unobserved(reason: reason)
        }
    }

    private struct Unobserved: Error, CustomStringConvertible {
        let reason: String
        var description: String { "LVM can't be asked: \(reason)" }
    }

    private func lvm(_ tool: String, _ arguments: [String], _ limit: Duration) async throws -> StepOutcome {
        _ = try await Command(tool, arguments, environment: environment, limit: limit).run().orThrow()
        return .done
    }
}
