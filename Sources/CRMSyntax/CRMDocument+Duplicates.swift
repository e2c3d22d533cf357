internal import Diagnostics
internal import XML

extension CRMDocument {
    /// What is defined twice. crmsh refuses a file that names an object twice, and an id may stand only once in a CIB.
    /// Nodes are apart, since "nodes and resources can have colliding ids" (crmsh, cibconfig.py).
    var duplicates: [Finding] {
        var found = Report()
        var nodes: Set<String> = []
        var ids = Set<String>(minimumCapacity: statements.count)
        for statement in statements where !found.isFull(of: .error) {
            let name = statement.name ?? statement.keyword.defaultID
            // References to a set, which many may make; and users and groups, whose names are those of the system, and no ids to the schema.
            let isApart = name.hasPrefix("@") || statement.keyword == .aclTarget || statement.keyword == .aclGroup
            let key = isApart ? "\(statement.element.name) \(name)" : name
            let isNew = statement.keyword == .node ? nodes.insert(name).inserted : ids.insert(key).inserted
            if !isNew { found.add(duplicate(name, in: statement)) }
            for id in statement.identifiers where !ids.insert(id).inserted && !found.isFull(of: .error) {
                found.add(duplicate(id, in: statement))
            }
        }
        return found.findings
    }

    private func duplicate(_ id: String, in statement: CRMStatement) -> Finding {
        .error(
            "\"\(id)\" is defined twice in this file", at: place(of: id, in: statement) ?? place(of: statement),
            remedy: statement.keyword.defaultID.isEmpty
                ? "remove one of the two, or rename it" : "write both in one statement, or name another set")
    }
}
