internal import Diagnostics
internal import XML

// A monitor operation as a statement of its own: crmsh reads it, and shows the operation with its resource.

extension StatementParser {
    /// `monitor rsc[:role] interval[:timeout]`
    mutating func monitor() throws(Abandoned) -> Element {
        var operation = Element("op", [.init("name", "monitor")])
        let (resource, role) = try halves("a resource, or rsc:role")
        guard resource.utf8.isXMLName else { throw missing("the name of a resource") }
        operation.attributes.append(.init("rsc", resource))
        if let role, let token { operation.attributes.append(.init("role", try qualified(role, .role, at: token))) }
        try advance()
        let (interval, timeout) = try halves("an interval, or interval:timeout")
        operation.attributes.append(.init("interval", interval))
        if let timeout { operation.attributes.append(.init("timeout", timeout)) }
        try advance()
        return operation
    }

    /// Both sides of the next word's colon; it stays the next word.
    private mutating func halves(_ expected: String) throws(Abandoned) -> (String, String?) {
        let parts = token?.string.split(separator: ":", omittingEmptySubsequences: false).map(String.init) ?? []
        guard let first = parts.first, parts.count < 3, !parts.contains("") else { throw missing(expected) }
        return (first, parts.count == 2 ? parts[1] : nil)
    }
}

extension CRMPrinter {
    func monitorLines(_ operation: Element) -> [String]? {
        guard let resource = operation["rsc"], let interval = operation["interval"] else { return nil }
        let subject = [resource, operation["role"]].compactMap(\.self).joined(separator: ":")
        let times = [interval, operation["timeout"]].compactMap(\.self).joined(separator: ":")
        return ["monitor \(CRMQuoting.word(subject)) \(CRMQuoting.word(times))"]
    }
}
