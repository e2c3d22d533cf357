internal import XML

// Name-value pairs: the only fields that someone else than git may hold.

extension Merge {
    mutating func pair(_ sides: ThreeWay, at path: FieldPath, in set: String) -> Element? {
        let name = sides.any["name"] ?? ""
        let kind = Schema.kind(ofPair: name, in: set)
        if let desired = sides.desired, let live = sides.live, kind.same(desired["value"], live["value"]) { return live }
        var isReverted = false
        if let driftClass = DriftClass.ofPair(name, in: set, of: object, by: agent),
            DriftClass.isBeyondGit(name, in: set, of: object) || holds(sides, kind)
        {
            let field = OwnedField(path: path, driftClass: driftClass, live: sides.live?["value"], desired: sides.desired?["value"])
            isReverted = reverts(driftClass, sides, at: path)
            guard isReverted else {
                note(field, isDeclared: sides.desired != nil)
                return sides.live
            }
            if !reverted.contains(field) { reverted.append(field) }
        }
        guard let live = sides.live else { return sides.desired }
        guard let desired = sides.desired else {
            if sides.base != nil || isReverted { return nil }
            unmanaged.append(path)
            return live
        }
        var changed = live
        changed["value"] = desired["value"]
        return changed
    }

    /// What the cluster writes about itself is worth a word only where git has something to say about it.
    private mutating func note(_ field: OwnedField, isDeclared: Bool) {
        guard policy[field.driftClass] != .ignore, field.driftClass != .cluster || isDeclared, !held.contains(field) else { return }
        held.append(field)
    }

    /// Of what persons set git has its way by what it does not say, too; an agent would write anew what is taken away.
    private func reverts(_ driftClass: DriftClass, _ sides: ThreeWay, at path: FieldPath) -> Bool {
        if driftClass.mayEnd { return policy[driftClass] == .revert || hasEnded(path) }
        return policy[driftClass] == .revert && sides.desired != nil
    }

    /// What somebody else has set stays until a commit changes what git says about it.
    private func holds(_ sides: ThreeWay, _ kind: Scalar) -> Bool {
        switch (sides.base?.said, sides.desired?.said, sides.live?.said) {
        case (nil, nil, _): return true
        case (let base?, nil, let live?): return !kind.same(base, live)
        case (let base?, let desired?, _): return kind.same(base, desired)
        case (nil, .some, nil): return false
        case (nil, .some, .some): return sides.base == nil && !isKnown
        case (.some, nil, nil): return false
        }
    }
}

extension Element {
    /// What a pair that is there says: its value, if need be an empty one, or whose it takes.
    fileprivate var said: String { self["value"] ?? self["id-ref"].map { "@\($0)" } ?? "" }
}

extension Scalar {
    /// A pair without a value is passed over by Pacemaker; an empty value is one.
    fileprivate func same(_ a: String?, _ b: String?) -> Bool {
        guard let a, let b else { return a == b }
        return same(a, b)
    }
}
