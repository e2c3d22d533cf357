public import CIB
internal import Steps

extension Plan {
    /// How much of the commit in force is not so, and is put right, by class; nothing of a commit that is on its way.
    public var drift: [DriftClass: Int] {
        guard commit != nil, commit == base else { return [:] }
        var counts = Dictionary(grouping: reverted, by: \.driftClass).mapValues(\.count)
        counts[.declared] = changes.count { !isReverted($0) }
        counts[.host] = files.count + volumes.count + domainChanges.count
        return counts.filter { $0.value > 0 }
    }

    /// Whose a field was that git gets back; nil where it was nobody's.
    /// - Parameter path: nil stands for the whole object.
    public func driftClass(of object: ObjectID, _ path: FieldPath? = nil) -> DriftClass? {
        reverted.first { $0.object == object && $0.path == path }?.driftClass
    }

    /// Whether all of a change takes back what somebody has set.
    private func isReverted(_ change: Change) -> Bool {
        guard !reverted.isEmpty else { return false }
        guard change.action == .change else { return driftClass(of: change.id) != nil }
        return change.fields.allSatisfy { driftClass(of: change.id, $0.path) != nil }
    }
}
