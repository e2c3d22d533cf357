internal import XML

/// What may follow a resource behind a colon in a constraint.
enum Qualifier: String {
    case role, action

    var words: [String] {
        switch self {
        case .role: ["Stopped", "Started", "Promoted", "Unpromoted", "Master", "Slave"]
        case .action: ["start", "promote", "demote", "stop"]
        }
    }

    /// The schema's spelling of a word, whatever its case.
    func canonical(_ word: String) -> String? {
        let lowered = word.lowercased()
        return words.first { $0.lowercased() == lowered }
    }
}

extension StatementParser {
    /// `colocation id score: rsc[:role] with[:role] [node-attribute=…]`, or sets
    mutating func colocation() throws(Abandoned) -> Element {
        var colocation = Element("rsc_colocation", [.init("id", try objectName(of: "colocation"))])
        colocation.attributes.reserveCapacity(6)
        guard let score = try score(orAttribute: .unlessMisspelt) else { throw missingScore() }
        colocation.attributes.append(score)
        let (count, last) = remaining()
        if let last, let attribute = last.value(of: "node-attribute=") {
            colocation.attributes.append(.init("node-attribute", attribute.lowercased()))
            drop(last: last)
            try members(count - 1, .role, ["rsc", "with-rsc"], into: &colocation)
        } else {
            try members(count, .role, ["rsc", "with-rsc"], into: &colocation)
        }
        return colocation
    }

    /// `order id [kind:|score:] first[:action] then[:action] [symmetrical=…]`, or sets
    mutating func order() throws(Abandoned) -> Element {
        var order = Element("rsc_order", [.init("id", try objectName(of: "order"))])
        order.attributes.reserveCapacity(6)
        if let kind = try kind() { order.attributes.append(.init("kind", kind)) }
        let (count, last) = remaining()
        if let last, let text = last.value(of: "symmetrical="), let isSymmetrical = Self.boolean(text) {
            order.attributes.append(.init("symmetrical", isSymmetrical ? "true" : "false"))
            drop(last: last)
            try members(count - 1, .action, ["first", "then"], into: &order)
        } else {
            try members(count, .action, ["first", "then"], into: &order)
        }
        return order
    }

    private static let kinds = ["Mandatory", "Optional", "Serialize"]

    /// An order has a kind; a score stands for one: 0 is Optional, all else Mandatory.
    private mutating func kind() throws(Abandoned) -> String? {
        guard let token else { return nil }
        guard let text = token.beforeFinalColon else {
            if Self.kind(token.string) != nil || Score.number(token.string) != nil {
                throw fail("the kind has no colon", expected: "\(token.string):")
            }
            return nil
        }
        guard let kind = Self.kind(text) ?? Score.number(text).map({ $0 == "0" ? "Optional" : "Mandatory" }) else {
            throw fail(
                "\"\(text)\" is no kind of order", expected: Self.kinds.joined(separator: ":, ") + ": or a score",
                remedy: (Self.kinds.nearMiss(text) ?? Self.infinity(meantBy: text)).map { "did you mean \"\($0):\"?" })
        }
        try advance()
        return kind
    }

    private static func kind(_ word: String) -> String? {
        let lowered = word.lowercased()
        return kinds.first { $0.lowercased() == lowered }
    }

    static func boolean(_ word: String) -> Bool? {
        switch word.lowercased() {
        case "true", "yes", "on": true
        case "false", "no", "off": false
        default: nil
        }
    }
}

extension StatementParser {
    /// As many words as names are the plain form; any other number makes sets.
    mutating func members(
        _ count: Int, _ qualifier: Qualifier, _ names: [String], into constraint: inout Element
    ) throws(Abandoned) {
        guard count > 0 else { throw missing(names.count == 1 ? "a resource, or sets" : "two resources, or sets of them") }
        let isMarked = peek("_rsc_set_")
        if isMarked, count == 2, names.count == 2 { throw lonelySet() }
        guard count == names.count, !isMarked else {
            constraint.children += try resourceSets(qualifier, until: nil)
            return
        }
        for name in names { try member(qualifier, name, into: &constraint) }
    }

    /// crmsh counts the words first: of two it takes each for a resource, and shows such a set as XML.
    private mutating func lonelySet() -> Abandoned {
        fail(
            "crmsh takes \"_rsc_set_\" for a resource here", expected: "a set of two or more",
            remedy: "write a set of one as xml <rsc_…>, or as ( rsc ) where sequential does not matter")
    }

    /// `rsc[:role|action|instance]`
    private mutating func member(
        _ qualifier: Qualifier, _ name: String, into constraint: inout Element
    ) throws(Abandoned) {
        guard let token, !token.text.isEmpty else { throw missing("a resource") }
        let colon = token.firstIndex(of: .colon) ?? token.text.count
        constraint.attributes.append(.init(name, try memberName(token, 0..<colon)))
        if colon + 1 < token.text.count {
            let word = token.string(from: colon + 1)
            if word.utf8.allSatisfy(\.isDigit) {
                constraint.attributes.append(.init(name + "-instance", word))
            } else {
                let suffix = name + "-" + qualifier.rawValue
                constraint.attributes.append(.init(suffix, try qualified(word, qualifier, at: token)))
            }
        }
        try advance()
    }

    /// The part of a word that names a resource.
    mutating func memberName(_ token: Token, _ range: Range<Int>) throws(Abandoned) -> String {
        guard token.text[range].isXMLName else {
            throw fail(
                "\"\(token.string)\" does not name a resource", at: token.range, expected: "the name of a resource")
        }
        return token.string(range)
    }

    mutating func qualified(_ word: String, _ qualifier: Qualifier, at token: Token) throws(Abandoned) -> String {
        if let canonical = qualifier.canonical(word) { return canonical }
        throw fail(
            "\"\(word)\" is no \(qualifier.rawValue)", at: token.range,
            expected: qualifier.words.joined(separator: ", "),
            remedy: qualifier.words.nearMiss(word).map { "did you mean \"\($0)\"?" })
    }
}
