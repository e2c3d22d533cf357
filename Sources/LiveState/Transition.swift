public import ClusterModel

/// What Pacemaker does next with a configuration and a status: the summary of one transition.
public struct Transition: Hashable, Sendable {
    public var actions: [ResourceAction]
    public var fencing: [Fencing]

    public init(actions: [ResourceAction] = [], fencing: [Fencing] = []) {
        self.actions = actions
        self.fencing = fencing
    }

    public var isEmpty: Bool { actions.isEmpty && fencing.isEmpty }

    /// What happens to one instance of a resource.
    public struct ResourceAction: Hashable, Sendable {
        public let kind: Kind
        /// What the configuration calls it: a primitive, or the bundle that a container belongs to.
        public let resource: ResourceID
        /// What Pacemaker calls it: `web:1` of a clone, `web-docker-0` of a bundle.
        public let instance: String
        /// Where it runs before; nil for what starts.
        public let source: NodeName?
        /// Where it runs after; nil for what stops.
        public let destination: NodeName?
        /// Of an instance that is promoted, or can be: before and after.
        public let role: Role?
        public let nextRole: Role?
        /// In Pacemaker's words; it has none for most moves.
        public let cause: String?
        /// Whether Pacemaker would, and can't: without quorum, say, or on a node that is unclean.
        public let isBlocked: Bool

        public init(
            _ kind: Kind, _ resource: ResourceID, instance: String? = nil, from source: NodeName? = nil,
            to destination: NodeName? = nil, role: Role? = nil, nextRole: Role? = nil, cause: String? = nil,
            isBlocked: Bool = false
        ) {
            self.kind = kind
            self.resource = resource
            self.instance = instance ?? resource.text
            self.source = source
            self.destination = destination
            self.role = role
            self.nextRole = nextRole
            self.cause = cause
            self.isBlocked = isBlocked
        }
    }

    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case start, stop, move, migrate, promote, demote, restart, recover, reload
        /// Demoted and promoted again where it is.
        case repromote = "re-promote"
    }

    public enum Role: String, Hashable, Sendable, CaseIterable {
        case stopped = "Stopped"
        case started = "Started"
        case unpromoted = "Unpromoted"
        case promoted = "Promoted"
    }

    /// What happens to one node.
    public struct Fencing: Hashable, Sendable {
        public let node: NodeName
        /// `reboot`, `off`, or `on`: to let a node, fenced before, use the storage again.
        public let operation: String
        public let cause: String?

        public init(_ node: NodeName, _ operation: String, cause: String? = nil) {
            self.node = node
            self.operation = operation
            self.cause = cause
        }

        /// "Unfencing" takes nothing from a node.
        public var isUnfencing: Bool { operation == "on" }
    }
}

extension Transition {
    /// How much an action takes from those who use the resource.
    public enum Interruption: Int, Hashable, Sendable, Comparable {
        case none
        /// It goes on while it changes its node.
        case migrated
        /// It comes back at once, here or elsewhere.
        case interrupted
        /// It does not come back, or not promoted.
        case lost

        public static func < (a: Interruption, b: Interruption) -> Bool { a.rawValue < b.rawValue }
    }
}

extension Transition.ResourceAction {
    public var interruption: Transition.Interruption {
        switch kind {
        case .start, .promote, .reload: .none
        case .migrate: .migrated
        case .move, .restart, .recover: losesPromotion ? .lost : .interrupted
        case .repromote: .interrupted
        case .stop, .demote: .lost
        }
    }

    /// Of what goes on running: whether it is promoted no more.
    public var losesPromotion: Bool {
        switch kind {
        case .move, .restart, .recover, .migrate, .reload: role == .promoted && nextRole != nil && nextRole != .promoted
        case .start, .stop, .promote, .demote, .repromote: false
        }
    }
}
