internal import XML

// Name-value pairs: the only fields that someone else than git may hold.

extension Merge {
    mutating func pair(_ sides: ThreeWay, at path: FieldPath, in set: String) -> Element? {
        let name = sides.any["name"] ?? ""
        let kind = Schema.kind(ofPair: name, in: set)
        if let desired = sides.desired, let live = sides.live, kind.same(desired["value"], live["value"]) { return live }
        if let holder = Owner.ofPair(name, in: set, of: object, by: agent),
            Owner.isBeyondGit(name, in: set, of: object) || holds(holder, sides, kind) && !(holder == .operatorOverride && hasEnded(path))
        {
            // What the cluster writes about itself is worth a word only where git has something to say about it.
            let field = HeldField(path: path, holder: holder, live: sides.live?["value"], desired: sides.desired?["value"])
            if holder != .cluster || sides.desired != nil, !held.contains(field) { held.append(field) }
            return sides.live
        }
        guard let live = sides.live else { return sides.desired }
        guard let desired = sides.desired else {
            if sides.base != nil || hasEnded(path) { return nil }
            unmanaged.append(path)
            return live
        }
        var changed = live
        changed["value"] = desired["value"]
        return changed
    }

    /// An override stays until a commit changes what git says about it.
    private func holds(_ holder: Owner, _ sides: ThreeWay, _ kind: Scalar) -> Bool {
        if holder == .operatorOverride, policy.revertsOperators, sides.desired != nil { return false }
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
