public import XML

extension CRMPrinter {
    /// What a part of an object says on one line, besides the name that people know it by: empty for one that is a name alone.
    public func summary(of element: Element) -> String {
        switch element.name {
        case "op": operationSummary(element)
        case "acl_permission", "read", "write", "deny": permission(element)
        case "expression", "date_expression": expression(CRMForm(showsID: { _ in false }).reduced(element))
        case "fencing-level": "level \(element["index"] ?? "")"
        default: fragment(element) ?? (own(element) + element.children.flatMap(words)).joined(separator: " ")
        }
    }

    /// Of an operation what its name, its interval and its role don't say already.
    private func operationSummary(_ operation: Element) -> String {
        let own = operation.attributes.filter { !["id", "name", "interval", "role"].contains($0.name) }
        return (own.map { "\($0.name)=\($0.value)" } + operation.children.compactMap(fragment)).joined(separator: " ")
    }

    /// The attributes without those that name the element.
    private func own(_ element: Element) -> [String] {
        let names =
            switch element.name {
            case "recipient": ["id", "value"]
            case "port-mapping": ["id", "port", "range"]
            case "storage-mapping": ["id", "target-dir"]
            case "attribute": ["id", "name"]
            default: ["id"]
            }
        return element.attributes.filter { !names.contains($0.name) }.map { CRMQuoting.pair($0.name, $0.value) }
    }

    /// A part of a part, with its name.
    private func words(_ part: Element) -> [String] {
        if let text = fragment(part) { return [text] }
        let name = part.name.hasPrefix("select_") ? String(part.name.dropFirst(7)) : part.name == "attribute" ? part["name"] ?? "" : part.name
        let attributes = part.name == "attribute" ? [] : part.attributes.filter { $0.name != "id" }
        return [name] + attributes.map { CRMQuoting.pair($0.name, $0.value) } + part.children.flatMap(words)
    }
}
