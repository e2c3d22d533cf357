public import Diagnostics
internal import XML

/// What an action of a resource came to on a node: an `lrm_rsc_op` of the status.
public struct OperationResult: Hashable, Sendable {
    /// `uname -n` of the node that it ran on.
    public let node: String
    /// Without the instance number of a clone.
    public let resource: String
    /// `start`, `monitor`, …
    public let task: String
    /// OCF_SUCCESS (0), OCF_ERR_INSTALLED (5), … (OCF Resource Agent API, "Exit status codes").
    public let exitCode: Int
    /// When it last came to something else than before, in seconds since 1970.
    public let time: Int64

    public init(node: String, resource: String, task: String, exitCode: Int, time: Int64) {
        self.node = node
        self.resource = resource
        self.task = task
        self.exitCode = exitCode
        self.time = time
    }
}

extension StatusSection {
    /// "OCF_ERR_INSTALLED (5)" and "OCF_ERR_CONFIGURED (6)" are what agents answer where a file is missing or wrong. Pacemaker takes
    /// both as hard errors: it does not try again on that node (the second: anywhere) until somebody cleans up.
    private static let hardErrors = [5, 6]

    /// The hard errors of a node's resources. Statuses without any are not parsed, and the others once.
    public func hardErrors(on node: String) throws(Finding) -> [OperationResult] {
        try results.value { Result { () throws(Finding) in try parsedHardErrors() } }.get().filter { $0.node == node }
    }

    private func parsedHardErrors() throws(Finding) -> [OperationResult] {
        let text = SourceText(path: "the status of the CIB", bytes: bytes)
        guard Self.hardErrors.contains(where: { text.range(of: "rc-code=\"\($0)\"") != nil }) else { return [] }
        var results: [OperationResult] = []
        for state in try Element(parsing: text).all("node_state") {
            guard let node = state["uname"] else { continue }
            state.walk { element in
                guard element.name == "lrm_resource", let id = element.id else { return }
                results += element.children.compactMap { OperationResult($0, of: id, on: node) }
            }
        }
        return results.filter { Self.hardErrors.contains($0.exitCode) }
    }
}

extension OperationResult {
    fileprivate init?(_ operation: Element, of resource: String, on node: String) {
        guard operation.name == "lrm_rsc_op", let code = operation["rc-code"].flatMap({ Int($0) }) else { return nil }
        self.init(
            node: node, resource: String(resource.prefix { $0 != ":" }), task: operation["operation"] ?? "", exitCode: code,
            time: operation["last-rc-change"].flatMap { Int64($0) } ?? 0)
    }
}
