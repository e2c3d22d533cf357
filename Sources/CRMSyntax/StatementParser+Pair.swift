internal import Diagnostics
internal import XML

extension StatementParser {
    /// `name=value`, `name`, `$id:name=value` or `@id[:name]`; nil in front of anything else.
    mutating func pair() throws(Abandoned) -> Element? {
        guard let token, let first = token.text.first, !isListWord(token) else { return nil }
        let pair: Element? =
            switch first {
            case .at: reference(token)
            case .dollar where token.hasEquals: identifiedPair(token)
            case _ where token.equals > 0:
                Element("nvpair", [.init("name", token.string(0..<token.equals)), .init("value", token.string(from: token.equals + 1))])
            default: try bareName(token)
            }
        guard let pair else { return nil }
        if token.text.last == UInt8(ascii: "*"), pair.isMasked { report(masked: pair, at: token.range) }
        try advance()
        if token.equals == token.text.count - 1, token.range.count == token.text.count { try checkBlank(behind: token) }
        if !token.hasEquals, token.string.lowercased().announcesSecret { try checkSecret(behind: token) }
        if token.equals > 0, token.string(0..<token.equals).lowercased().announcesSecret { try checkRest(of: token) }
        return pair
    }

    /// What crmsh and a plan show in the place of a password would be the password.
    mutating func report(masked pair: Element, at range: Range<Int>) {
        report(
            .error, "asterisks stand in the place of \(pair["name"] ?? "a secret"): a plan and `crm configure show` show secrets so", at: range,
            expected: "the value itself, or @ID:\(pair["name"] ?? "NAME") for the one that the cluster has",
            remedy: "the asterisks would be the value")
    }

    /// `@id[:name]`: the value of another pair, under another name if there is one.
    private func reference(_ token: Token) -> Element? {
        guard token.text.count > 1, token.text[1] != .colon else { return nil }
        guard let colon = token.firstIndex(of: .colon) else {
            return Element("nvpair", [.init("id-ref", token.string(from: 1))])
        }
        guard colon + 1 < token.text.count else { return nil }
        return Element(
            "nvpair", [.init("id-ref", token.string(1..<colon)), .init("name", token.string(from: colon + 1))])
    }

    /// `$id:name=value`. crmsh ends the name at the last `=`; without a name the id is the name.
    private mutating func identifiedPair(_ token: Token) -> Element? {
        let colon = token.firstIndex(of: .colon) ?? token.text.count
        guard min(colon, token.equals) > 1 else { return nil }
        let id = token.string(1..<min(colon, token.equals))
        declare(id, at: token)
        guard colon < token.equals, let equals = token.text.lastIndex(of: .equals), equals > colon + 1 else {
            return Element(
                "nvpair",
                [.init("id", id), .init("name", id), .init("value", token.string(from: token.equals + 1))])
        }
        return Element(
            "nvpair",
            [
                .init("id", id), .init("name", token.string(colon + 1..<equals)),
                .init("value", token.string(from: equals + 1)),
            ])
    }

    /// A name without a value, which crmsh takes for a pair, though mostly something was misspelt or left out.
    private mutating func bareName(_ token: Token) throws(Abandoned) -> Element? {
        guard !token.hasEquals, token.firstIndex(of: .colon) == nil else { return nil }
        let name = token.string
        if let keyword = Self.listWords.nearMiss(name) {
            throw fail(
                "\"\(name)\" has no value", expected: "name=value, or a word such as params or op",
                remedy: "did you mean \"\(keyword)\"?")
        } else if CRMKeyword(word: name) != nil, beginsLine(token) {
            throw fail("the line before ends in \\, so this statement belongs to it", remedy: "remove that \\")
        } else if name.hasPrefix("#") {
            throw fail("a comment can't stand inside a statement", remedy: "put it on a line before the statement")
        } else if !name.utf8.allSatisfy({ $0.isWordCharacter || $0 == 0x2D || $0 == 0x2E }) {
            throw fail(
                "\"\(name)\" is neither a name nor name=value", expected: "name=value, in one word",
                remedy: "join it to the name before it with =")
        }
        return Element("nvpair", [.init("name", name)])
    }

    /// `a= b`: an empty value, then a name.
    private mutating func checkBlank(behind pair: Token) throws(Abandoned) {
        guard let token, !token.hasEquals, !isListWord(token), token.firstIndex(of: .colon) == nil else { return }
        throw fail(
            "a blank behind \"=\" leaves \"\(pair.string(0..<pair.equals))\" empty",
            expected: "name=value, in one word", remedy: "write \(pair.string)\(token.string), or \(pair.string)\"\"")
    }

    /// `passwd a`: two names without values, of which the second would be shown to everybody.
    private mutating func checkSecret(behind name: Token) throws(Abandoned) {
        guard let token, !token.hasEquals, !isListWord(token), token.firstIndex(of: .colon) == nil, token.text.first != .at else { return }
        throw fail("\"\(name.string)\" has no value", expected: "\(name.string)=value, in one word", remedy: "join both words with =")
    }

    /// `passwd=a b`: crmsh would take the second word for a name without a value, and show it to everybody.
    private mutating func checkRest(of pair: Token) throws(Abandoned) {
        guard let token, !token.hasEquals, !isListWord(token), token.firstIndex(of: .colon) == nil, token.text.first != .at else { return }
        let name = pair.string(0..<pair.equals)
        throw fail(
            "a word without \"=\" follows the value of \"\(name)\"", expected: "\(name)=\"value\", all of it in quotes",
            remedy: "put quotes around the value")
    }

    private func beginsLine(_ token: Token) -> Bool {
        token.range.lowerBound > 0 && source.bytes[token.range.lowerBound - 1] == .newline
    }
}

extension StatementParser {
    /// The words that end a list of pairs and begin another.
    static let listWords = [
        "params", "meta", "utilization", "operations", "op", "op_params", "op_meta", "rule", "attributes",
    ]

    func isListWord(_ token: Token) -> Bool {
        guard !token.hasEquals else { return false }
        return token.matches("op") || token.matches("meta") || token.matches("params") || token.matches("utilization")
            || token.matches("operations") || token.matches("op_params") || token.matches("op_meta")
            || token.matches("rule") || token.matches("attributes") || closers.contains { token.matches($0) }
    }
}

extension Element {
    private static let mask = "******"

    /// Whether all that a pair says is asterisks. What does not announce a secret is hidden by crmsh only where its "obscure_pattern" says so, and then
    /// it is six of them; others are a value, as of a login that somebody has made unknown.
    var isMasked: Bool {
        guard name == "nvpair", let value = self["value"], !value.isEmpty, value.utf8.allSatisfy({ $0 == UInt8(ascii: "*") }) else { return false }
        return value == Self.mask || self["name"]?.announcesSecret == true
    }
}

extension [String] {
    /// The word meant, if one of at least four letters is so close that chance is unlikely.
    func nearMiss(_ word: String) -> String? {
        guard word.utf8.count >= 4 else { return nil }
        return nearest(to: word, among: self)
    }
}
