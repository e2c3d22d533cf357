internal import Host
internal import LiveState
internal import Observing
internal import Repository
internal import Steps

// Logical volumes. What is there is looked at again just before: a step that was done already, or whose volume is another one by now, does nothing.
extension Executor {
    /// "-W|--wipesignatures y|n: Controls detection and subsequent wiping of signatures on newly created LVs. There's a prompt for each signature
    /// detected", "-Z|--zero y|n: Controls zeroing of the first 4 KiB of data in the new LV" (lvcreate(8), 2.03): with neither nothing is
    /// written to the volume and nothing is asked. What its extents hold from before is for whoever uses it to look at.
    func createVolume(_ change: VolumeChange, limit: Duration) async throws -> StepOutcome {
        guard actsOnHost, let size = change.new else { return .nothingToDo }
        if let present = try await volume(change) { return present.size == size ? .nothingToDo : .moved("\(change.path) is there by now") }
        let options = ["--type", "linear", "--wipesignatures", "n", "--zero", "n", "--addtag", LiveVolumes.tag]
        return try await lvm("lvcreate", options + ["--name", change.path.name, "--size", "\(size)b", change.path.group], limit)
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
        switch await VolumeObserver(environment: lvmEnvironment).volumes() {
        case .known(let volumes): volumes[change.path]
        case .unknown(let reason): throw Unobserved(reason: reason)
        }
    }

    private struct Unobserved: Error, CustomStringConvertible {
        let reason: String
        var description: String { "LVM can't be asked: \(reason)" }
    }

    private func lvm(_ tool: String, _ arguments: [String], _ limit: Duration) async throws -> StepOutcome {
        _ = try await Command(tool, arguments, environment: lvmEnvironment, limit: limit).run().orThrow()
        return .done
    }
}
