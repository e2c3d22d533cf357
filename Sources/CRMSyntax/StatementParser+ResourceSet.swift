internal import XML

/// Collects the resources of a constraint into `<resource_set>` elements.
private struct ResourceSets {
    var finished: [Element] = []
    var members: [Element] = []
    var isSequential = true
    var requiresAll = true
    var qualifier = ""
    var opening: Token?

    /// Ends the set that is being collected, if it has members.
    mutating func finish(_ kind: Qualifier) {
        guard !members.isEmpty else { return }
        var set = Element("resource_set", [], children: members)
        if !requiresAll { set.attributes.append(.init("require-all", "false")) }
        if !isSequential { set.attributes.append(.init("sequential", "false")) }
        if !qualifier.isEmpty { set.attributes.append(.init(kind.rawValue, qualifier)) }
        finished.append(set)
        members = []
        qualifier = ""
    }
}

extension StatementParser {
    /// `a ( b c:start ) [ d e ] …`: round brackets for a set in no order, square ones for one that is satisfied by any
    /// of its members. "Action/role change makes a new resource set." (crmsh, parse.py)
    mutating func resourceSets(_ kind: Qualifier, until end: StaticString?) throws(Abandoned) -> [Element] {
        var sets = ResourceSets()
        while let token, end.map({ !token.matches($0) }) ?? true {
            guard !token.text.isEmpty else { throw missing("a resource") }
            try part(of: token, kind, &sets)
            try advance()
        }
        if let opening = sets.opening {
            throw fail(
                "a set is opened and not closed", at: opening.range, expected: closing(opening) + " behind its members")
        }
        sets.finish(kind)
        if sets.finished.isEmpty { throw missing("a resource") }
        return sets.finished
    }

    /// One word: brackets may touch the resource they enclose.
    private mutating func part(of token: Token, _ kind: Qualifier, _ sets: inout ResourceSets) throws(Abandoned) {
        var rest = 0..<token.text.count
        var closes = false
        if isOpening(token.text[0]) {
            try open(token, kind, &sets)
            rest = 1..<rest.upperBound
        }
        if let last = rest.last, isClosing(token.text[last]) {
            rest = rest.lowerBound..<last
            closes = true
        }
        if !rest.isEmpty { try inner(token, rest, kind, &sets) }
        if closes { try close(token, kind, &sets) }
    }

    private mutating func inner(
        _ token: Token, _ range: Range<Int>, _ kind: Qualifier, _ sets: inout ResourceSets
    ) throws(Abandoned) {
        let word = token.string(range)
        if word == "_rsc_set_" { return }  // marks a set of two, which would read as the plain form
        if token.hasEquals { return try setAttribute(word, &sets) }
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        let colon = token.text[range].firstIndex(of: .colon) ?? range.upperBound
        let name = try memberName(token, range.lowerBound..<colon)
        guard parts.count < 3, parts.last != "" else {
            throw fail(
                "\"\(word)\" stands among resources", at: token.range,
                expected: kind == .role ? "rsc or rsc:role, and } before the score of a location" : "rsc or rsc:action")
        }
        let qualifier = parts.count == 2 ? try qualified(String(parts[1]), kind, at: token) : ""
        if qualifier != sets.qualifier { sets.finish(kind) }
        sets.qualifier = qualifier
        sets.members.append(Element("resource_ref", [.init("id", name)]))
    }

    private mutating func setAttribute(_ word: String, _ sets: inout ResourceSets) throws(Abandoned) {
        let parts = word.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let value = Self.boolean(parts[1]) ?? ["1": true, "0": false][parts[1]] else {
            throw fail(
                "\"\(word)\" stands among resources", expected: "sequential=true|false or require-all=true|false")
        }
        switch parts[0] {
        case "sequential": sets.isSequential = value
        case "require-all": sets.requiresAll = value
        default:
            throw fail(
                "a set has no attribute \"\(parts[0])\"", expected: "sequential or require-all",
                remedy: ["sequential", "require-all"].nearMiss(parts[0]).map { "did you mean \"\($0)\"?" })
        }
    }
}

extension StatementParser {
    private func isOpening(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") }

    private func isClosing(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") }

    private func closing(_ opening: Token) -> String { opening.text[0] == UInt8(ascii: "(") ? ")" : "]" }

    private mutating func open(_ token: Token, _ kind: Qualifier, _ sets: inout ResourceSets) throws(Abandoned) {
        sets.finish(kind)
        guard sets.opening == nil else {
            throw fail("a set inside a set", at: token.range, remedy: "close the first set before")
        }
        sets.isSequential = false
        if token.text[0] == UInt8(ascii: "[") { sets.requiresAll = false }
        sets.opening = token
    }

    private mutating func close(_ token: Token, _ kind: Qualifier, _ sets: inout ResourceSets) throws(Abandoned) {
        guard let opening = sets.opening else {
            throw fail("a bracket closes a set that was not opened", at: token.range)
        }
        guard token.text.last == UInt8(ascii: closing(opening) == ")" ? ")" : "]") else {
            throw fail("the wrong bracket closes the set", at: token.range, expected: closing(opening))
        }
        guard !sets.members.isEmpty else { throw fail("a set without members", at: token.range) }
        sets.finish(kind)
        sets.isSequential = true
        sets.requiresAll = true
        sets.opening = nil
    }
}
