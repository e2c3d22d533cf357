public import XML

/// Brings one live object to its desired state, three-way:
///
/// - what is in git is made so, in the words the live object already uses where they mean the same;
/// - what was in the base commit and is gone from git is removed;
/// - what was never in git stays, and is reported;
/// - what a person or the cluster holds for now stays, and is reported.
///
/// The result is a whole element, so that the plan, the script and the patch can't disagree.
public struct Merge {
    public struct Policy: Hashable, Sendable {
        /// Whether `target-role`, `standby` and their like follow git at all times, and not only when a commit changes them.
        public var revertsOperators = false

        public init(revertsOperators: Bool = false) { self.revertsOperators = revertsOperators }
    }

    /// A live value that stays although git says otherwise.
    public struct HeldField: Hashable, Sendable {
        public let path: FieldPath
        public let holder: Owner
        /// Nil: someone removed what git has.
        public let live: String?
        /// Nil: git does not mention it.
        public let desired: String?
    }

    public internal(set) var held: [HeldField] = []
    public internal(set) var unmanaged: [FieldPath] = []
    let policy: Policy
    var object = ""
    var isKnown = false
    private let isReferenced: (String) -> Bool

    /// - Parameter isReferenced: whether git refers to an id (`id-ref`), which then is more than a label.
    public init(policy: Policy = Policy(), isReferenced: @escaping (String) -> Bool = { _ in false }) {
        self.policy = policy
        self.isReferenced = isReferenced
    }

    /// - Parameter base: the object as of the commit last applied; nil if it was not there, or is not known.
    /// - Returns: the live element with what must change changed; equal to `live` when nothing must.
    ///   New parts have no id yet.
    public mutating func object(base: Element?, desired: Element, live: Element) -> Element {
        let spelled = desired.spelled(like: live)
        if spelled.agrees(with: live, isReferenced: isReferenced) { return live }
        let desired = spelled.keepingValues(of: live)
        let live = live.spelled(like: desired)
        guard desired.name == live.name else { return desired }
        object = live.name
        isKnown = base != nil
        return element(base?.spelled(like: live).keepingValues(of: live), desired, live, at: FieldPath(), in: Element(""))
    }

    // MARK: One element

    private mutating func element(
        _ base: Element?, _ desired: Element, _ live: Element, at path: FieldPath, in parent: Element
    ) -> Element {
        var merged = live
        merged.attributes = attributes(base, desired, live, at: path)
        merged.children =
            live.hasOrderedChildren && live.name != "group"
            ? wholeChildren(base, desired, live, at: path)
            : children(base, desired, live, at: path)
        return merged
    }

    private mutating func attributes(
        _ base: Element?, _ desired: Element, _ live: Element, at path: FieldPath
    ) -> [Element.Attribute] {
        var merged = live
        for attribute in live.attributes where attribute.name != "id" && desired[attribute.name] == nil {
            if means(desired, attribute) { continue }
            if base?[attribute.name] != nil || replaces(desired, attribute.name) {
                merged[attribute.name] = nil
            } else {
                unmanaged.append(path.appending(attribute.name))
            }
        }
        // Twice, since what one attribute's absence means may depend on another: a new kind of order is symmetrical or not.
        for attribute in desired.attributes + desired.attributes where attribute.name != "id" && !means(merged, attribute) {
            merged[attribute.name] = attribute.value
        }
        return merged.attributes
    }

    /// Whether the element says the same, by what it has or by what it leaves to the default.
    private func means(_ element: Element, _ attribute: Element.Attribute) -> Bool {
        let said = element[attribute.name] ?? Schema.defaultValue(ofAttribute: attribute.name, in: element)
        guard let said else { return false }
        return Schema.kind(ofAttribute: attribute.name, in: element.name).same(said, attribute.value)
    }

    /// A constraint says its strength in one of several attributes: a new one takes the place of the old.
    private func replaces(_ desired: Element, _ name: String) -> Bool {
        guard Tags.isConstraint(desired.name) else { return false }
        let groups = [["score", "score-attribute", "kind"], ["rsc", "rsc-pattern"]]
        return groups.contains { group in group.contains(name) && group.contains { desired[$0] != nil } }
            || !desired.children.isEmpty && ["score", "node", "rsc", "with-rsc", "first", "then"].contains(name)
    }

    /// Rules and resource sets are one thought: taken whole, or left whole.
    private func wholeChildren(
        _ base: Element?, _ desired: Element, _ live: Element, at path: FieldPath
    ) -> [Element] {
        let same = desired.children.map { $0.canonical() } == live.children.map { $0.canonical() }
        guard same else { return desired.children }
        return live.adoptingIDs(of: desired, where: isReferenced).children
    }

    // MARK: Children by key

    private mutating func children(
        _ base: Element?, _ desired: Element, _ live: Element, at path: FieldPath
    ) -> [Element] {
        let wanted = ChildIndex(desired)
        let before = ChildIndex(base)
        let present = ChildIndex(live)
        var merged: [Element] = []
        for (key, child) in zip(present.keys, live.children) {
            let sides = ThreeWay(base: before[key], desired: wanted[key], live: child)
            if let kept = self.child(sides, at: path, in: live) { merged.append(kept) }
        }
        for (key, child) in zip(wanted.keys, desired.children) where present[key] == nil {
            let sides = ThreeWay(base: before[key], desired: child, live: nil)
            if let added = self.child(sides, at: path, in: live) { merged.insert(added, at: place(of: added, in: merged)) }
        }
        return live.name == "group" ? ordered(merged, like: desired) : merged
    }

    struct ThreeWay {
        let base: Element?
        let desired: Element?
        let live: Element?

        var any: Element { live ?? desired ?? base ?? Element("") }
    }

    private mutating func child(_ sides: ThreeWay, at path: FieldPath, in parent: Element) -> Element? {
        let path = path.appending(sides.any, in: parent)
        if sides.any.name == "nvpair" { return pair(sides, at: path, in: parent.name)?.named(like: sides.desired, where: isReferenced) }
        switch (sides.desired, sides.live) {
        case (let desired?, nil): return added(desired, base: sides.base, at: path, in: parent)
        case (let desired?, let live?) where (desired["id-ref"] == nil) != (live["id-ref"] == nil):
            return desired
        case (let desired?, let live?):
            return element(sides.base, desired, live, at: path, in: parent).named(like: desired, where: isReferenced)
        case (nil, let live?): return abandoned(live, base: sides.base, at: path, in: parent)
        case (nil, nil): return nil
        }
    }

    /// A child that the live object does not have (any more). Of a set that someone emptied, what is held stays away.
    private mutating func added(_ desired: Element, base: Element?, at path: FieldPath, in parent: Element) -> Element? {
        guard base != nil, Tags.isAttributeSet(desired.name) else { return desired }
        let set = element(base, desired, Element(desired.name, desired.attributes), at: path, in: parent)
        return set.children.contains { $0.name == "nvpair" } ? set : nil
    }

    /// A live child that git does not have (any more).
    private mutating func abandoned(
        _ live: Element, base: Element?, at path: FieldPath, in parent: Element
    ) -> Element? {
        guard Tags.isAttributeSet(live.name) || live.name == "operations" else {
            let isReplaced = live.name == Tags.member && parent.name != "group"  // a clone has one member
            if base != nil || isReplaced { return nil }
            unmanaged.append(path)
            return live
        }
        var nothing = Element(live.name)
        nothing["id-ref"] = live["id-ref"]
        let rest = element(base, nothing, live, at: path, in: parent)
        return base != nil && rest.children.allSatisfy { $0.name == "rule" } ? nil : rest
    }

    /// "element-resource-extra" stands before the members of a group or clone in every schema, and "element-alert-extra" before
    /// the recipients in those of 2.x.
    private func place(of child: Element, in children: [Element]) -> Int {
        let last = [Tags.member, "recipient"]
        guard !last.contains(child.name) else { return children.count }
        return children.firstIndex { last.contains($0.name) } ?? children.count
    }

    /// The members as git orders them; each one that git does not know stays behind its live predecessor.
    private func ordered(_ children: [Element], like desired: Element) -> [Element] {
        let wanted = desired.all(Tags.member)
        var order = wanted
        var previous: Element?
        for member in children where member.name == Tags.member {
            if !wanted.contains(where: { $0.id == member.id }) {
                let index = order.firstIndex { $0.id == previous?.id }.map { $0 + 1 } ?? 0
                order.insert(member, at: index)
            }
            previous = member
        }
        let isInOrder = order.map(\.id) == children.filter { $0.name == Tags.member }.map(\.id)
        return isInOrder ? children : children.filter { $0.name != Tags.member } + order
    }
}
