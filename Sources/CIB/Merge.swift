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
    /// A live value that git says otherwise, and whose that is.
    public struct OwnedField: Hashable, Sendable {
        public let path: FieldPath
        public let driftClass: DriftClass
        /// Nil: someone removed what git has.
        public let live: String?
        /// Nil: git does not mention it.
        public let desired: String?
    }

    /// What stays, and is shown.
    public internal(set) var held: [OwnedField] = []
    /// What does not, since the policy says so, or its time is over.
    public internal(set) var reverted: [OwnedField] = []
    public internal(set) var unmanaged: [FieldPath] = []
    let policy: DriftPolicy
    private let features: FeatureSet?
    var object = ""
    /// `ocf:heartbeat:Xen`; nil for what has none, or takes it from a template.
    var agent: String?
    var isKnown = false
    let isReferenced: (String) -> Bool
    /// Fields that a person holds no longer, by their paths.
    private let ended: Set<String>

    /// - Parameters:
    ///   - features: what the live cluster understands; by it two names may mean the same.
    ///   - ended: fields that a person has held for too long: git has its way there, also by what it does not say.
    ///   - isReferenced: whether git refers to an id (`id-ref`), which then is more than a label.
    public init(
        policy: DriftPolicy = DriftPolicy(), features: FeatureSet? = nil, ended: Set<String> = [],
        isReferenced: @escaping (String) -> Bool = { _ in false }
    ) {
        self.policy = policy
        self.ended = ended
        self.features = features
        self.isReferenced = isReferenced
    }

    /// - Parameter base: the object as of the commit last applied; nil if it was not there, or is not known.
    /// - Returns: the live element with what must change changed; equal to `live` when nothing must.
    ///   New parts have no id yet.
    public mutating func object(base: Element?, desired: Element, live: Element) -> Element {
        let spelled = desired.spelled(like: live, by: features)
        if spelled.agrees(with: live, isReferenced: isReferenced) { return live }
        let desired = spelled.keepingValues(of: live)
        let live = live.spelled(like: desired, by: features)
        guard desired.name == live.name else { return desired }
        object = live.name
        agent = ResourceAgent(live)?.description
        isKnown = base != nil
        return element(base?.spelled(like: live, by: features).keepingValues(of: live), desired, live, at: FieldPath(), in: Element(""))
    }

    /// Whether whoever held a field does so no longer.
    func hasEnded(_ path: FieldPath) -> Bool { !ended.isEmpty && ended.contains(path.description) }

    // MARK: One element

    mutating func element(
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
            let isExcluded = isOfPairs(attribute.name, desired) || Alternatives.exclude(attribute: attribute.name, from: desired)
            if means(desired, attribute), !isExcluded { continue }
            if base?[attribute.name] != nil || isExcluded || replaces(desired, attribute.name) {
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
            || !desired.children.isEmpty && ["score", "node"].contains(name)
    }

    /// What a constraint on two resources says of each, and one on sets can't.
    private func isOfPairs(_ name: String, _ desired: Element) -> Bool {
        guard desired.children.contains(where: { $0.name == "resource_set" }) else { return false }
        return ["node-attribute", "role"].contains(name) || ["rsc", "with-rsc", "first", "then"].contains { name == $0 || name.hasPrefix($0 + "-") }
    }

    /// Rules and resource sets are one thought: taken whole, or left whole.
    private func wholeChildren(
        _ base: Element?, _ desired: Element, _ live: Element, at path: FieldPath
    ) -> [Element] {
        let same = desired.children.map { $0.canonical() } == live.children.map { $0.canonical() }
        guard same else { return desired.children }
        return live.adoptingIDs(of: desired, where: isReferenced).children
    }
}
