internal import Diagnostics
internal import XML

extension StatementParser {
    /// `[operations $id=…|$id-ref=…] op name [attribute=value …] …`
    mutating func operations(into resource: inout Element) throws(Abandoned) {
        let start = here
        var operations = Element("operations")
        if try take("operations"), try idSpecification(into: &operations) == .none {
            throw missing("$id=… or $id-ref=…")
        }
        while peek("op") { operations.children.append(try operation()) }
        guard let index = resource.children.firstIndex(where: { $0.name == "operations" }) else {
            resource.children.append(operations)
            return
        }
        report(
            .warning, "crmsh refuses operations in two places", at: start,
            remedy: "write all op of a resource one after another")
        resource.children[index].attributes.append(contentsOf: operations.attributes)
        resource.children[index].children.append(contentsOf: operations.children)
    }

    private mutating func operation() throws(Abandoned) -> Element {
        try advance()
        var operation = Element("op")
        operation.attributes.reserveCapacity(4)
        operation.attributes.append(.init("name", try identifier("the name of an operation, such as monitor")))
        let parameters = try attributes(of: &operation)
        if operation["interval"] == nil { try defaultInterval(of: &operation, parameters) }
        if !parameters.children.isEmpty { operation.children.append(parameters) }
        try attributeLists(.operation, into: &operation)
        return operation
    }

    /// Sets the operation's own attributes; the others are returned as its instance attributes.
    private mutating func attributes(of operation: inout Element) throws(Abandoned) -> Element {
        var parameters = Element("instance_attributes")
        while let token {
            if let name = operationAttribute(token) {
                if !parameters.children.isEmpty { throw misplaced(name, behind: parameters.children) }
                operation[name] = token.string(from: token.equals + 1)
                if name == "id" { declare(token.string(from: token.equals + 1), at: token) }
                try advance()
            } else if let name = bareAttribute(token) {
                throw fail("\"\(name)\" has no value", expected: "\(name)=value")
            } else if let pair = try pair() {
                parameters.children.append(pair)
            } else {
                break
            }
        }
        return parameters
    }

    /// Mostly what stands before it was meant as one of its own: `op monitor 10s timeout=20s`, `on_fail=restart timeout=20s`.
    private mutating func misplaced(_ name: String, behind pairs: [Element]) -> Abandoned {
        let meant = pairs.lazy.compactMap { pair -> String? in
            guard let first = pair["name"] else { return nil }
            if pair["value"] == nil, first.utf8.first?.isDigit == true { return "write interval=\(first)" }
            return Self.operationAttributes.map { "\($0)" }.nearMiss(first).map { "write \($0)=\(pair["value"] ?? "…") for \(first)" }
        }.first
        return fail(
            "\(name) stands behind an instance attribute of the operation, \(pairs.last?["name"] ?? "")",
            remedy: meant ?? "put the operation's own attributes first")
    }

    /// crmsh: `op_type` attributes that the schema does not know become instance attributes (OCF_CHECK_LEVEL).
    private func operationAttribute(_ token: Token) -> String? {
        guard token.equals > 0 else { return nil }
        if token.matches(prefix: "$id") { return "id" }
        guard Self.operationAttributes.contains(where: { token.matches(prefix: $0) }) else { return nil }
        return token.string(0..<token.equals)
    }

    private func bareAttribute(_ token: Token) -> String? {
        Self.operationAttributes.contains { token.matches($0) } ? token.string : nil
    }

    /// Only a positive interval makes an operation recur: crmsh writes 0 where the text has none.
    private mutating func defaultInterval(of operation: inout Element, _ parameters: Element) throws(Abandoned) {
        guard parameters.children.isEmpty else {
            let bare = parameters.children.first { $0["value"] == nil }?["name"] ?? ""
            throw fail(
                "crmsh refuses instance attributes of an operation without an interval",
                remedy: bare.utf8.first?.isDigit == true
                    ? "write interval=\(bare)" : "write interval=… right behind the operation's name; interval=0 for what is not to be repeated")
        }
        operation.attributes.append(.init("interval", "0"))
    }

    /// The attributes of `<op>` in Pacemaker's schemas (resources-3.5.rng; `requires` before 3.0); the frequent ones first.
    private static let operationAttributes: [StaticString] = [
        "timeout", "interval", "role", "on-fail", "enabled", "start-delay", "interval-origin", "record-pending",
        "description", "name", "id", "requires",
    ]
}

extension Token {
    /// Whether what stands before `=` is this word.
    func matches(prefix word: StaticString) -> Bool {
        equals == word.utf8CodeUnitCount && begins(with: word)
    }
}
