internal import CIB
internal import ClusterModel
internal import LiveState
internal import Records
internal import Steps

// A suspension stands in the cluster's record. The gate keeps to it; what is asked for here is written as soon as the cluster can be asked, and
// until then this node does nothing for a commit.
extension Reconciler {
    mutating func take(_ edit: RecordEdit, _ request: Event.Request, _ now: Instant) -> [Directive] {
        var directives: [Directive] = []
        if let former = wish?.request { directives.append(.tell(.answered(former, "somebody has asked for something else since"))) }
        wish = (edit, request)
        needsRound = true
        return directives + resume(now)
    }

    /// A clock that is put forward ends no suspension: that has lasted no longer than has been counted here since it was seen first.
    mutating func steadyTime(of live: LiveState, _ now: Instant) -> Int64 {
        guard let suspension = live.record.suspension else {
            suspensionSeen = nil
            return live.time
        }
        let former = suspensionSeen.flatMap { $0.suspension == suspension ? $0 : nil }
        let seen = former ?? (suspension, at: now, age: max(0, live.time - suspension.since))
        suspensionSeen = seen
        return min(live.time, suspension.since + seen.age + (now - seen.at).components.seconds)
    }

    /// - Returns: what is to be told, and what is to be written; nil where the record is as it should be.
    mutating func settleSuspension(_ live: LiveState) -> (answers: [Directive], writing: [Directive]?) {
        let record = live.record
        if wish == nil, let former = record.suspension, !former.isInForce(at: live.time), live.cluster?.dc == node.text { wish = (.resume, nil) }
        guard let wish else { return ([], nil) }
        guard live.cluster?.hasQuorum != false else { return (dismiss("this partition has no quorum, and changes nothing"), nil) }
        guard record.applying(wish.edit) != record else { return (dismiss("it is so already"), nil) }
        return ([], withdrawIntent() ?? write(wish.edit))
    }

    mutating func dismiss(_ words: String) -> [Directive] {
        defer { wish = nil }
        return wish?.request.map { [.tell(.answered($0, words))] } ?? []
    }

    /// Tells whoever has asked what has come of it; nil where it was another step.
    mutating func grant(_ id: StepID, _ outcome: StepOutcome) -> [Directive]? {
        guard let wish, id == StepID(wish.edit.title) else { return nil }
        let words: String
        switch outcome {
        case .done, .nothingToDo: words = wish.edit.words
        case .moved, .waiting: return []  // once more
        case .failed(let reason): words = "it can't be written down: \(reason)"
        }
        self.wish = nil
        return wish.request.map { [.tell(.answered($0, words))] } ?? []
    }

    /// As it is, or is about to be.
    var suspension: Suspension? {
        switch wish?.edit {
        case .suspend(let suspension): suspension
        case .resume: nil
        default: live?.suspension
        }
    }
}

extension RecordEdit {
    fileprivate var words: String {
        if case .suspend(let suspension) = self { "suspended \(suspension.description)" } else { "resumed" }
    }
}
