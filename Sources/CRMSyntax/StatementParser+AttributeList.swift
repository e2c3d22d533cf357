internal import XML

/// The lists of pairs that an object may carry: the word before each and the element it becomes. The first list
/// may come right behind the object's head without its word.
struct AttributeLists {
    let words: [(StaticString, element: String)]
    var withOperations = false

    static let node = AttributeLists(words: [("attributes", "instance_attributes"), ("utilization", "utilization")])
    static let container = AttributeLists(words: [("params", "instance_attributes"), ("meta", "meta_attributes")])
    static let primitive = AttributeLists(
        words: container.words + [("utilization", "utilization")], withOperations: true)
    static let operation = AttributeLists(
        words: [("op_params", "instance_attributes"), ("op_meta", "meta_attributes")])

    func element(for token: Token) -> String? {
        for (word, element) in words where token.matches(word) { return element }
        return nil
    }

    var expected: String {
        let names = words.map { "\($0.0)" } + (withOperations ? ["op"] : [])
        return names.joined(separator: ", ") + " or the end of the statement"
    }
}

extension StatementParser {
    /// Everything behind the head of a node or resource.
    mutating func arguments(_ lists: AttributeLists, into element: inout Element) throws(Abandoned) {
        try implicitList(lists, into: &element)
        while let token {
            if let name = lists.element(for: token) {
                try advance()
                element.children.append(try attributeList(name))
            } else if lists.withOperations, token.matches("op") || token.matches("operations") {
                try operations(into: &element)
            } else {
                throw unexpected(lists.expected)
            }
        }
    }

    /// The lists alone, as behind an operation's attributes.
    mutating func attributeLists(_ lists: AttributeLists, into element: inout Element) throws(Abandoned) {
        try implicitList(lists, into: &element)
        while let token, let name = lists.element(for: token) {
            try advance()
            element.children.append(try attributeList(name))
        }
    }

    private mutating func implicitList(_ lists: AttributeLists, into element: inout Element) throws(Abandoned) {
        guard let token, lists.element(for: token) == nil else { return }
        let list = try attributeList(lists.words[0].element)
        if !list.isEmpty { element.children.append(list) }
    }

    /// `[$id=… | $id-ref=…] [score:] [rule …] pairs`
    mutating func attributeList(_ name: String) throws(Abandoned) -> Element {
        var list = Element(name)
        if try idSpecification(into: &list) == .reference { return list }
        if let token, let score = token.beforeFinalColon {
            guard Score.number(score) != nil || Score.word(score) != nil else { throw noScore(score, at: token) }
            list["score"] = score
            try advance()
        }
        while peek("rule") { list.children.append(try rule()) }
        try pairs(into: &list)
        return list
    }

    /// `params fake: 1`, as YAML has it: crmsh takes the name for a score, and Pacemaker refuses that.
    private mutating func noScore(_ word: String, at token: Token) -> Abandoned {
        let value = following().flatMap { $0.hasEquals ? nil : $0.string }
        return fail(
            "\"\(word):\" is no score of the list", at: token.range, expected: "a number or INFINITY in front of the colon, or name=value",
            remedy: value.map { "write \(word)=\($0)" })
    }

    mutating func pairs(into list: inout Element) throws(Abandoned) {
        while let pair = try pair() { list.children.append(pair) }
    }

    /// A word that no rule of the grammar takes here.
    mutating func unexpected(_ expected: String) -> Abandoned {
        guard let token else { return missing(expected) }
        if token.text.first == .equals {
            return fail("blanks around \"=\"", expected: "name=value, in one word", remedy: "remove them")
        }
        if token.beforeFinalColon != nil {
            return fail(
                "a score stands in the middle of a list", expected: expected,
                remedy: "put it right behind the word that begins the list")
        }
        return fail("unexpected \"\(token.string)\"", expected: expected, remedy: suggestion(for: token))
    }

    /// The word of the grammar that was probably meant.
    func suggestion(for token: Token) -> String? {
        let word = token.string
        switch word {
        case "rule": return "a rule stands right behind the word that begins its list: params rule …"
        case "op_params", "op_meta": return "it belongs to an operation: op NAME … \(word) …"
        case _ where Self.listWords.contains(word): return "put it where it begins a list of its own, at the statement's end"
        default: return Self.listWords.nearMiss(word).map { "did you mean \"\($0)\"?" }
        }
    }
}

extension Element {
    var isEmpty: Bool { attributes.isEmpty && children.isEmpty }
}
