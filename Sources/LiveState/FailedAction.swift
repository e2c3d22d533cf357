public import ClusterModel
internal import Diagnostics

/// An action of a resource that has failed, as crm_mon tells it.
public struct FailedAction: Hashable, Sendable, CustomStringConvertible {
    public let resource: ResourceID
    public let node: NodeName
    /// `start`, `monitor`, …
    public let task: String
    /// `not installed`
    public let exitStatus: String
    /// What the agent said; empty as a rule.
    public let exitReason: String
    /// Which call of the executor it was: another one is another failure.
    public let call: String

    public init(resource: ResourceID, node: NodeName, task: String, exitStatus: String, exitReason: String = "", call: String = "") {
        self.resource = resource
        self.node = node
        self.task = task
        self.exitStatus = exitStatus
        self.exitReason = exitReason
        self.call = call
    }

    /// Agents choose their words; they are cut, and drive no terminal.
    public var description: String {
        let reason = exitReason.isEmpty ? "" : " (\(String(exitReason.prefix(200)).singleLine))"
        return "\(resource): \(task.singleLine) on \(node) returned '\(exitStatus.singleLine)'\(reason)"
    }
}

public struct FailCountKey: Hashable, Sendable {
    public let resource: ResourceID
    public let node: NodeName

    public init(_ resource: ResourceID, _ node: NodeName) {
        self.resource = resource
        self.node = node
    }
}

extension ClusterStatus {
    /// Resources that could not be started on a node, and do not run there: without the number of an instance.
    public func failedStarts(on node: NodeName) -> Set<String> {
        let failed = failures.lazy.filter { $0.node == node && $0.task == "start" }.map { String($0.resource.text.prefix { $0 != ":" }) }
        return Set(failed).filter { !isActive($0, on: node.text) }
    }
}
