internal import CIB
internal import Catalogue
internal import Diagnostics
internal import XML

/// The operations of a resource: their times, and those that Pacemaker can't tell apart.
enum OperationRules: RuleSet {
    static func findings(in inventory: Inventory) -> [Finding] {
        inventory.declarations.all.flatMap { declaration -> [Finding] in
            guard let operations = declaration.object.element.first("operations") else { return [] }
            return operations.children.flatMap { times(of: $0, declaration) + recurring($0, declaration) }
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
        guard let name = operation["name"], ["start", "stop", "promote", "demote"].contains(name),
            let interval = operation["interval"], Scalar.duration.accepts(interval), !Scalar.duration.same(interval, "0")
        else { return [] }
        return [
            Finding(
                .recurringAction, "\(name) of \(declaration.object.id.name) can't be repeated every \(interval)",
                at: declaration.valuePlace(interval, of: "interval") ?? declaration.place(of: interval), remedy: "write interval=0")
        ]
    }

    /// "error: Operation … is duplicate of … (do not use same name and interval combination more than once per resource)"
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
