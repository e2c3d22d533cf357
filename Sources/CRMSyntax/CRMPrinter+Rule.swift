internal import XML

extension CRMPrinter {
    /// `rule $id=x role=Master -inf: a and b`. INFINITY is what a rule without a score has, and is not written.
    func rule(_ rule: Element) -> String {
        var words = ["rule"] + idSpecification(rule)
        if let role = rule["role"] { words.append(CRMQuoting.pair("$role", role)) }
        if rule["id-ref"] != nil { return words.joined(separator: " ") }
        if rule["score"] != "INFINITY", let score = score(rule) { words.append("\(score):") }
        let joint = " \(rule["boolean-op"] ?? "and") "
        words.append(rule.children.map(expression).joined(separator: joint))
        return words.joined(separator: " ")
    }

    /// `inf` for INFINITY, or the node attribute that holds the score.
    func score(_ element: Element) -> String? {
        guard let score = element["score"] else { return element["score-attribute"].map(CRMQuoting.word) }
        return score.hasSuffix("INFINITY") ? score.dropLast(8) + "inf" : CRMQuoting.word(score)
    }

    func expression(_ expression: Element) -> String {
        guard expression.name == "expression" else { return dateExpression(expression) }
        let attribute = CRMQuoting.word(expression["attribute"] ?? "")
        let operation = (expression["type"].map { "\($0):" } ?? "") + (expression["operation"] ?? "")
        guard let value = expression["value"] else { return "\(operation) \(attribute)" }
        let compared = expression["value-source"].map { "\($0){\(value)}" } ?? value
        return "\(attribute) \(operation) \(CRMQuoting.word(compared))"
    }

    private func dateExpression(_ expression: Element) -> String {
        let operation = expression["operation"] ?? ""
        switch operation {
        case "lt": return "date lt \(CRMQuoting.value(expression["end"] ?? ""))"
        case "gt": return "date gt \(CRMQuoting.value(expression["start"] ?? ""))"
        default: break
        }
        let bounds = expression.attributes.filter { $0.name != "operation" }
        let words = (bounds + expression.children.flatMap(\.attributes)).map { CRMQuoting.pair($0.name, $0.value) }
        return (["date", operation == "in_range" ? "in" : "spec"] + words).joined(separator: " ")
    }
}
