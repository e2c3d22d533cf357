internal import Diagnostics
internal import XML

extension StatementParser {
    private static let exampleScore = "a score and a colon, such as inf: or 100:"

    /// Where a node attribute may hold the score. In a rule its name is taken as it is, since that is common there.
    enum AttributeScore { case anyName, unlessMisspelt }

    /// A score where one must stand, as an attribute. What is no score names a node attribute that holds one, where
    /// the element can have that.
    mutating func score(orAttribute attribute: AttributeScore) throws(Abandoned) -> Element.Attribute? {
        guard let token, let text = token.beforeFinalColon else { return nil }
        try advance()
        if let score = Score.word(text) ?? Score.number(text) { return .init("score", score) }
        let misspelt = Score.number(text.lowercased()).map { _ in text.lowercased() } ?? Self.infinity(meantBy: text)
        let meant =
            attribute == .anyName ? misspelt : misspelt ?? nearest(to: text, among: ["inf", "-inf", "mandatory", "advisory"])
        if let meant {
            report(
                .error, "\"\(text)\" is no score", at: token.range, expected: Self.exampleScore,
                remedy: "did you mean \"\(meant):\"?")
        }
        return .init("score-attribute", text)
    }

    /// `INFINTY`, `-infinty`: long enough a word that no attribute is called so by chance.
    static func infinity(meantBy text: String) -> String? {
        let size = text.drop { "+-".contains($0) }.lowercased()
        guard size.hasPrefix("in"), nearest(to: size, among: ["infinity"]) != nil else { return nil }
        return text.hasPrefix("-") ? "-INFINITY" : "INFINITY"
    }

    mutating func missingScore() -> Abandoned {
        guard let token, isScoreWithoutColon(token) else { return missing(Self.exampleScore) }
        return fail("the score has no colon", expected: "\(token.string):")
    }

    func isScoreWithoutColon(_ token: Token) -> Bool {
        let text = token.string
        return Score.number(text) != nil || Score.word(text) != nil
    }
}
