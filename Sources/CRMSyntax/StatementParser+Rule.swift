internal import XML

extension StatementParser {
    /// `rule [$id=…|$id-ref=…] [[$]role=…] [score:] expression [and|or expression …]`
    mutating func rule() throws(Abandoned) -> Element {
        try advance()
        var rule = Element("rule")
        let isReference = try idSpecification(into: &rule) == .reference
        if let role = try role() { rule["role"] = role }
        if isReference { return rule }
        rule.attributes.append(try score(orAttribute: .anyName) ?? .init("score", "INFINITY"))
        try expressions(into: &rule)
        return rule
    }

    /// `role=…` or `$role=…`, as written: which of the two vocabularies holds is for the CIB to say.
    mutating func role() throws(Abandoned) -> String? {
        guard let role = token?.value(of: "role=") ?? token?.value(of: "$role=") else { return nil }
        try advance()
        return role
    }

    private mutating func expressions(into rule: inout Element) throws(Abandoned) {
        rule.children.append(try expression())
        var joint: String?
        while let token, token.matches("and") || token.matches("or") {
            let word = token.string.lowercased()
            if let joint, joint != word {
                throw fail("\"and\" and \"or\" are mixed in one rule", expected: joint, remedy: "write two rules")
            }
            joint = word
            try advance()
            rule.children.append(try expression())
        }
        if joint == "or" { rule["boolean-op"] = "or" }
    }

    private mutating func expression() throws(Abandoned) -> Element {
        if try take("date") { return try dateExpression() }
        if peek("defined") || peek("not_defined") { return try definition() }
        return try comparison()
    }

    /// `defined|not_defined attribute`
    private mutating func definition() throws(Abandoned) -> Element {
        let operation = try word("defined").lowercased()
        let attribute = try identifier("the name of a node attribute")
        return Element("expression", [.init("operation", operation), .init("attribute", attribute)])
    }

    /// `attribute [type:]operation value`
    private mutating func comparison() throws(Abandoned) -> Element {
        guard let subject = token else { throw missing("an expression, such as #uname eq node1") }
        let attribute = try identifier("the name of a node attribute, defined, not_defined or date")
        let (type, operation) = try comparisonOperation(behind: subject)
        var expression = Element("expression", [.init("operation", operation), .init("attribute", attribute)])
        if let type { expression.attributes.append(.init("type", type)) }
        try comparedValue(into: &expression)
        return expression
    }

    private static let operations = ["lt", "gt", "lte", "gte", "eq", "ne"]
    private static let types = ["string", "integer", "number", "version"]

    private mutating func comparisonOperation(behind subject: Token) throws(Abandoned) -> (String?, String) {
        let words = token.map { $0.string.lowercased().split(separator: ":", omittingEmptySubsequences: false) } ?? []
        guard let operation = words.last.map(String.init), Self.operations.contains(operation), words.count < 3 else {
            if isScoreWithoutColon(subject) {
                throw fail("the score has no colon", at: subject.range, expected: "\(subject.string):")
            }
            throw missing(Self.operations.joined(separator: ", "))
        }
        let type = words.count == 2 ? String(words[0]) : nil
        if let type, !Self.types.contains(type) {
            throw fail("\"\(type)\" is no type of value", expected: Self.types.joined(separator: ", "))
        }
        try advance()
        return (type, operation)
    }

    /// A literal, or `source{value}`. crmsh can't read blanks or braces here.
    private mutating func comparedValue(into expression: inout Element) throws(Abandoned) {
        guard let token, !token.text.isEmpty else { throw missing("the value to compare with") }
        let text = token.string
        let parts = text.split(separator: "{", maxSplits: 1, omittingEmptySubsequences: false)
        let source = String(parts[0])
        guard !source.isEmpty, !source.utf8.contains(where: { $0.isBlank || $0 == UInt8(ascii: "}") }) else {
            throw fail("crmsh can't compare with \"\(text)\"", expected: "a value without blanks and braces")
        }
        if parts.count == 1 {
            expression.attributes.append(.init("value", text))
        } else {
            guard parts[1].utf8.count > 1, parts[1].hasSuffix("}"), !parts[1].utf8.contains(where: \.isBlank) else {
                throw fail("crmsh can't compare with \"\(text)\"", expected: "a value, or source{name}")
            }
            expression.attributes.append(.init("value", String(parts[1].dropLast())))
            expression.attributes.append(.init("value-source", source))
        }
        try advance()
    }
}
