internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// The operations of a resource: their times, and those that Pacemaker can't tell apart.
enum OperationRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.subjects.flatMap { declaration -> [Finding] in
            guard let operations = declaration.object.element.first("operations") else { return [] }
            return operations.children.flatMap { times(of: $0, declaration) + recurring($0, declaration) + onFail($0, declaration) }
                + repeated(operations.children, declaration)
        }
    }

    private static func times(of operation: Element, _ declaration: Declaration) -> [Finding] {
        ["interval", "timeout", "start-delay"].compactMap { name in
            guard let value = operation[name], !Scalar.duration.accepts(value) else { return nil }
            return Finding(
                .unreadableValue, "\(name) of \(operation["name"] ?? "an operation") can't be \"\(value)\"",
                at: declaration.valuePlace(value, of: name) ?? declaration.place(of: value), expected: "a time, such as 20s, 500ms or 2min")
        }
    }

    /// "error: Ignoring … because start action cannot be recurring" (crm_verify)
    private static func recurring(_ operation: Element, _ declaration: Declaration) -> [Finding] {
        guard let name = operation["name"], single.contains(name), let interval = operation["interval"], operation.isRecurring
        else { return [] }
        return [
            Finding(
                .recurringAction, "\(name) of \(declaration.object.id.name) can't be repeated every \(interval)",
                at: declaration.valuePlace(interval, of: "interval") ?? declaration.place(of: interval), remedy: "write interval=0")
        ]
    }

    private static let single = ["start", "stop", "promote", "demote", "migrate_to", "migrate_from", "reload-agent"]

    /// demote: "This is valid only for promote actions, and for monitor actions with both a nonzero interval and role set to
    /// Promoted" (Pacemaker Explained, "Operation Properties"); a stop that fails can't be answered by another stop.
    private static func onFail(_ operation: Element, _ declaration: Declaration) -> [Finding] {
        guard let name = operation["name"], let answer = operation["on-fail"] else { return [] }
        let isPromoted = operation["role"].map { Scalar.role.same($0, "Promoted") } ?? false
        let isFine =
            switch (name, answer) {
            case ("stop", "demote"), ("stop", "stop"), ("stop", "standby"): false
            case ("promote", "demote"): true
            case ("monitor", "demote"): isPromoted && operation.isRecurring
            case (_, "demote"): false
            default: true
            }
        guard !isFine else { return [] }
        return [
            Finding(
                .misplacedFailure, "\(name) of \(declaration.object.id.name) can't have on-fail=\(answer)",
                at: declaration.valuePlace(answer, of: "on-fail") ?? declaration.place(of: answer),
                remedy: name == "stop" ? "write fence, block or ignore" : "demote is for promote, and for a recurring monitor with role=Promoted")
        ]
    }

    /// "error: Operation … is duplicate of … (do not use same name and interval combination more than once per resource)" (crm_verify)
    private static func repeated(_ operations: [Element], _ declaration: Declaration) -> [Finding] {
        var seen: [String: String] = [:]
        return operations.compactMap { operation in
            let name = operation["name"] ?? ""
            let interval = operation["interval"] ?? "0"
            guard let former = seen.updateValue(interval, forKey: "\(name) \(Scalar.duration.canonical(interval))") else { return nil }
            let place = former == interval ? declaration.place(of: name) : declaration.valuePlace(interval, of: "interval")
            return Finding(
                .repeatedOperation, "\(declaration.object.id.name) has two operations \(name) with the interval \(interval)", at: place,
                remedy: "a second monitor, for another role or depth, needs an interval of its own, such as 11s for 10s")
        }
    }
}

extension Element {
    var isRecurring: Bool {
        self["interval"].map { Scalar.duration.accepts($0) && !Scalar.duration.same($0, "0") } ?? false
    }
}
