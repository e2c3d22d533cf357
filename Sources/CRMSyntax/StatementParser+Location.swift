internal import Diagnostics
internal import XML

extension StatementParser {
    /// `location id {rsc|/pattern/|{ set }} [attribute=value …] {score: node|rule …}`
    mutating func location() throws(Abandoned) -> Element {
        var location = Element("rsc_location", [.init("id", try objectName(of: "location"))])
        try located(into: &location)
        try locationAttributes(into: &location)
        if token?.beforeFinalColon != nil {
            try preference(into: &location)
        } else {
            guard peek("rule") else { throw missingPreference() }
            while peek("rule") { location.children.append(try rule()) }
        }
        if token != nil { throw unexpected("the end of the statement") }
        return location
    }

    private mutating func located(into location: inout Element) throws(Abandoned) {
        guard let token else { throw missing("a resource, /a pattern/ or { a set }") }
        if token.text.count > 2, token.text.first == .slash, token.text.last == .slash {
            location.attributes.append(.init("rsc-pattern", token.string(1..<token.text.count - 1)))
            try advance()
        } else if try take("{") {
            location.children += try resourceSets(.role, until: "}")
            guard try take("}") else { throw missing("}") }
        } else {
            location.attributes.append(.init("rsc", try resourceName()))
        }
    }

    /// The attributes of `<rsc_location>` that no other part of the statement sets.
    private static let locationAttributes = ["role", "resource-discovery"]

    private mutating func locationAttributes(into location: inout Element) throws(Abandoned) {
        while let token, token.equals > 0 {
            let isMarked = token.text.first == .dollar
            let name = token.string((isMarked ? 1 : 0)..<token.equals)
            if Self.locationAttributes.contains(name) {
                location[name] = token.string(from: token.equals + 1)
            } else {
                report(
                    .error, "a location has no attribute \"\(name)\"",
                    expected: Self.locationAttributes.joined(separator: " or "),
                    remedy: Self.locationAttributes.nearMiss(name).map { "did you mean \"\($0)\"?" })
            }
            try advance()
        }
    }

    /// `score: node`, behind which older texts have the role.
    private mutating func preference(into location: inout Element) throws(Abandoned) {
        if let score = try score(orAttribute: .anyName) { location.attributes.append(score) }
        location.attributes.append(.init("node", try identifier("the name of a node")))
        if let role = try role() { location["role"] = role }
    }

    private mutating func missingPreference() -> Abandoned {
        guard let token else { return missing("a score and a node, or a rule") }
        if isScoreWithoutColon(token) { return missingScore() }
        return fail(
            "unexpected \"\(token.string)\"", expected: "a score and a node, or a rule",
            remedy: suggestion(for: token))
    }
}
