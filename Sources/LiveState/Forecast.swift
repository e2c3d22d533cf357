internal import ClusterModel

/// What a commit makes Pacemaker do: what it would do with the wanted configuration, apart from what it does anyway.
public struct Forecast: Hashable, Sendable {
    /// What happens because of the commit.
    public var caused: Transition
    /// What happens with the commit or without: what is under way already.
    public var ongoing: Transition
    /// What would happen without the commit, and does not with it.
    public var averted: Transition

    public init(caused: Transition = Transition(), ongoing: Transition = Transition(), averted: Transition = Transition()) {
        self.caused = caused
        self.ongoing = ongoing
        self.averted = averted
    }

    /// - Parameters:
    ///   - wanted: what happens with the commit.
    ///   - live: what happens without it.
    ///   - retirement: what happens when that is stopped which the commit deletes, while its constraints still hold.
    public init(of wanted: Transition, without live: Transition, after retirement: Transition? = nil) {
        let (caused, ongoing) = wanted.split(by: live)
        self.init(caused: caused, ongoing: ongoing, averted: live.split(by: wanted).different)
        if let retirement { self.caused.addPassing(retirement.split(by: live).different.split(by: wanted).different) }
    }

    /// What of the caused is an interruption, where none as bad would come without the commit.
    ///
    /// What restarts anyway, and moves with the commit, is not interrupted by it; what restarts anyway, and with the commit stops, is.
    public var interruptions: [Transition.ResourceAction] {
        var anyway = averted.actions.reduce(into: [Place: [Transition.Interruption]]()) { known, action in
            if !action.isBlocked { known[Place(action), default: []].append(action.interruption) }
        }
        return caused.actions.filter { action in
            guard action.interruption > .none else { return false }
            let asBad = anyway[Place(action)]?.firstIndex { $0 >= action.interruption }
            if let asBad { anyway[Place(action)]?.remove(at: asBad) }
            return asBad == nil
        }
    }

    private struct Place: Hashable {
        let resource: ResourceID
        let node: NodeName?

        init(_ action: Transition.ResourceAction) {
            resource = action.resource
            node = action.source
        }
    }
}

extension Transition {
    /// What the other transition does not do, and what it does too. Causes make no difference, nor do the numbers of instances:
    /// Pacemaker gives those of an anonymous clone anew each time.
    func split(by other: Transition) -> (different: Transition, same: Transition) {
        var (different, same) = (Transition(), Transition())
        var rest = other.actions.reduce(into: [ActionKey: Int]()) { $0[ActionKey($1), default: 0] += 1 }
        for action in actions {
            if rest[ActionKey(action), default: 0] > 0 {
                rest[ActionKey(action)]? -= 1
                same.actions.append(action)
            } else {
                different.actions.append(action)
            }
        }
        let fenced = Set(other.fencing.map(FencingKey.init))
        same.fencing = fencing.filter { fenced.contains(FencingKey($0)) }
        different.fencing = fencing.filter { !fenced.contains(FencingKey($0)) }
        return (different, same)
    }

    /// What does not last: it happens, and is then undone.
    fileprivate mutating func addPassing(_ other: Transition) {
        actions += other.actions.map { $0.because("while what goes is being stopped") }
        fencing += other.fencing
    }

    private struct ActionKey: Hashable {
        let kind: Kind
        let resource: ResourceID
        let source, destination: NodeName?
        let role, nextRole: Role?
        let isBlocked: Bool

        init(_ action: ResourceAction) {
            kind = action.kind
            resource = action.resource
            source = action.source
            destination = action.destination
            role = action.role
            nextRole = action.nextRole
            isBlocked = action.isBlocked
        }
    }

    private struct FencingKey: Hashable {
        let node: NodeName
        let isUnfencing: Bool

        init(_ fencing: Fencing) {
            node = fencing.node
            isUnfencing = fencing.isUnfencing
        }
    }
}

extension Transition.ResourceAction {
    fileprivate func because(_ circumstance: String) -> Self {
        Self(
            kind, resource, instance: instance, from: source, to: destination, role: role, nextRole: nextRole,
            cause: cause.map { "\($0), \(circumstance)" } ?? circumstance, isBlocked: isBlocked)
    }
}
