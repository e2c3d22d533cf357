internal import XML

extension CRMPrinter {
    func locationLines(_ location: Element) -> [String]? {
        var words = ["location", CRMQuoting.word(location.id ?? "")]
        if let resource = location["rsc"] {
            words.append(CRMQuoting.word(resource))
        } else if let pattern = location["rsc-pattern"] {
            words.append(CRMQuoting.word("/\(pattern)/"))
        } else {
            words += ["{"] + sets(location, .role, marking: 0) + ["}"]
        }
        for name in ["role", "resource-discovery"] {
            if let value = location[name] { words.append(CRMQuoting.pair(name, value)) }
        }
        if let node = location["node"] { words += ["\(score(location) ?? ""):", CRMQuoting.word(node)] }
        return [words.joined(separator: " ")] + location.all("rule").map(rule)
    }

    func colocationLines(_ colocation: Element) -> [String]? {
        var words = ["colocation", CRMQuoting.word(colocation.id ?? ""), "\(score(colocation) ?? ""):"]
        words += members(colocation, .role, ["rsc", "with-rsc"])
        if let attribute = colocation["node-attribute"] { words.append(CRMQuoting.pair("node-attribute", attribute)) }
        return [words.joined(separator: " ")]
    }

    func orderLines(_ order: Element) -> [String]? {
        var words = ["order", CRMQuoting.word(order.id ?? "")]
        if let kind = order["kind"] { words.append("\(kind):") }
        words += members(order, .action, ["first", "then"])
        if let symmetrical = order["symmetrical"] { words.append("symmetrical=\(symmetrical)") }
        return [words.joined(separator: " ")]
    }

    func members(_ constraint: Element, _ kind: Qualifier, _ names: [String]) -> [String] {
        if constraint.first("resource_set") != nil { return sets(constraint, kind, marking: names.count) }
        return names.map { name in
            let qualifier = constraint["\(name)-\(kind.rawValue)"] ?? constraint["\(name)-instance"]
            return CRMQuoting.word((constraint[name] ?? "") + (qualifier.map { ":\($0)" } ?? ""))
        }
    }

    /// As many resources as the plain form has would read as that; `_rsc_set_` tells them apart.
    private func sets(_ constraint: Element, _ kind: Qualifier, marking limit: Int) -> [String] {
        let sets = constraint.all("resource_set")
        let isPlain = sets.last.map { $0["sequential"] == nil && $0["require-all"] == nil } ?? false
        let count = sets.reduce(0) { $0 + $1.children.count }
        return (count <= limit && (isPlain || limit == 1) ? ["_rsc_set_"] : []) + sets.flatMap { set($0, kind) }
    }

    func set(_ set: Element, _ kind: Qualifier) -> [String] {
        let qualifier = set[kind.rawValue].map { ":\($0)" } ?? ""
        let members = set.children.map { CRMQuoting.word(($0.id ?? "") + qualifier) }
        let isSequential = set["sequential"] == nil
        if set["require-all"] != nil { return ["["] + members + (isSequential ? ["sequential=true"] : []) + ["]"] }
        return isSequential ? members : ["("] + members + [")"]
    }
}
