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

extension Step {
    /// The file that it writes or removes.
    public var fileChange: FileChange? {
        switch action {
        case .writeFile(let change), .removeFile(let change): change
        case .adjust, .down, .ban, .transact, .record: nil
        }
    }
}
