internal import XML

/// Which children of three versions of an element are the same one.
///
/// First by `ChildKey`. What then has no counterpart may be one whose very key was changed, in git or by an operator: the interval of
/// an operation, the devices of a fencing level, the date of a rule. It is looked for by what else it is known by.
struct ChildMatches {
    struct Row {
        var sides: Merge.ThreeWay
        /// Where git has it among its children.
        var rank: Int?
    }

    /// Those that are live in their order, then those that git alone has in its.
    private(set) var rows: [Row] = []

    /// - Parameter isKnown: whether git is known to have had the object. What it never had then stands for nothing that is new in git.
    init(base: Element?, desired: Element, live: Element, isKnown: Bool) {
        let (wanted, present, before) = (ChildIndex(desired), ChildIndex(live), ChildIndex(base))
        let ranks = Dictionary(zip(wanted.keys, wanted.keys.indices), uniquingKeysWith: { first, _ in first })
        var coming = wanted.keys.indices.filter { present[wanted.keys[$0]] == nil }
        var renamed: [ChildKey: Int] = [:]
        if !coming.isEmpty {
            let strangers = present.keys.indices.filter { wanted[present.keys[$0]] == nil }
            let search = LooseSearch(
                wanted: coming.map { (desired.children[$0], before[wanted.keys[$0]] != nil) },
                present: strangers.map { (live.children[$0], before[present.keys[$0]] != nil) }, isKnown: isKnown)
            for (theirs, ours) in search.pairs { renamed[present.keys[strangers[ours]]] = coming[theirs] }
            let found = Set(renamed.values)
            coming.removeAll(where: found.contains)
        }
        for (key, child) in zip(present.keys, live.children) {
            let rank = ranks[key] ?? renamed[key]
            let other = rank.map { wanted.keys[$0] }
            let former = before[key] ?? other.flatMap { before[$0] }
            rows.append(Row(sides: .init(base: former, desired: rank.map { desired.children[$0] }, live: child), rank: rank))
        }
        for rank in coming {
            rows.append(Row(sides: .init(base: before[wanted.keys[rank]], desired: desired.children[rank], live: nil), rank: rank))
        }
    }
}

/// Pairs what git has with what is live, where neither has a counterpart.
private struct LooseSearch {
    typealias Side = [(child: Element, wasInGit: Bool)]

    private let wanted: Side
    private let present: Side
    private let isKnown: Bool
    private(set) var pairs: [(wanted: Int, present: Int)] = []
    private var openWanted: [Int]
    private var openPresent: [Int]

    init(wanted: Side, present: Side, isKnown: Bool) {
        (self.wanted, self.present, self.isKnown) = (wanted, present, isKnown)
        (openWanted, openPresent) = (Array(wanted.indices), Array(present.indices))
        guard !present.isEmpty else { return }
        pairLists()
        for level in 0..<3 { pairAlike { $0.looseKey(level) } }
    }

    /// What git has changed takes the place of what it had; what an operator has changed, that of what git has. Where git's past is not
    /// known, either may be.
    private func mayBeOne(_ theirs: Int, _ ours: Int) -> Bool { !isKnown || wanted[theirs].wasInGit != present[ours].wasInGit }

    private mutating func pair(_ theirs: Int, _ ours: Int) {
        pairs.append((theirs, ours))
        openWanted.removeAll { $0 == theirs }
        openPresent.removeAll { $0 == ours }
    }

    /// A list whose rule or score is another one still sets the same.
    private mutating func pairLists() {
        for theirs in openWanted where Tags.isAttributeSet(wanted[theirs].child.name) {
            let list = wanted[theirs].child
            if let ours = openPresent.first(where: { mayBeOne(theirs, $0) && present[$0].child.isFormerly(list) }) { pair(theirs, ours) }
        }
    }

    /// As many on both sides are the same, in their order.
    private mutating func pairAlike(by key: (Element) -> String?) {
        let theirs = Dictionary(grouping: openWanted.filter { key(wanted[$0].child) != nil }) { key(wanted[$0].child) ?? "" }
        for (name, theirs) in theirs {
            let ours = openPresent.filter { ours in key(present[ours].child) == name && theirs.contains { mayBeOne($0, ours) } }
            guard ours.count == theirs.count, zip(theirs, ours).allSatisfy({ mayBeOne($0, $1) }) else { continue }
            for (theirs, ours) in zip(theirs, ours) { pair(theirs, ours) }
        }
    }
}

extension Element {
    /// What a part is known by beside its key, from the surest on: the target and index of a fencing level, the name and role of an
    /// operation, the XML id of a port; at last that there is no other.
    fileprivate func looseKey(_ level: Int) -> String? {
        switch (name, level) {
        case ("op", 0): "op \(self["name"] ?? "") \(Scalar.role.canonical(self["role"] ?? "Started"))"
        case ("op", 1): "op \(self["name"] ?? "") \(Scalar.duration.canonical(self["interval"] ?? "0"))"
        case ("op", 2): "op \(self["name"] ?? "")"
        case ("fencing-level", 0): "level \(fencingTarget) \(self["index"] ?? "")"
        case ("fencing-level", 1): "level \(fencingTarget)"
        case ("recipient", 0), ("port-mapping", 0), ("storage-mapping", 0): id.map { "\(name) \($0)" }
        case ("recipient", 1), ("port-mapping", 1), ("storage-mapping", 1): name
        default: nil
        }
    }

    fileprivate func isFormerly(_ list: Element) -> Bool {
        guard name == list.name, self["id-ref"] == nil, list["id-ref"] == nil, hasRule == list.hasRule else { return false }
        return sharesName(with: list)
    }
}
