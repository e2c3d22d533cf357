internal import Diagnostics
internal import XML

extension StatementParser {
    /// The whole statement. Nil where there is nothing but continuations.
    mutating func statement() throws(Abandoned) -> (keyword: CRMKeyword, element: Element)? {
        try advance()
        guard let token else { return nil }
        let word = token.string.lowercased()
        guard let keyword = CRMKeyword(word: word) else { throw unknown(word) }
        guard let read = Self.reader(of: keyword) else { throw unsupported(word) }
        try advance()
        let element = try read(&self)
        if self.token != nil { throw unexpected("the end of the statement") }
        return (keyword, element)
    }

    private typealias Reader = (inout StatementParser) throws(Abandoned) -> Element

    /// One line, and one file, for each element of the grammar; nil for those that have none yet.
    private static func reader(of keyword: CRMKeyword) -> Reader? {
        switch keyword {
        case .primitive: { (parser) throws(Abandoned) in try parser.primitive() }
        case .ms: { (parser) throws(Abandoned) in try parser.clone("master") }
        case .colocation: { (parser) throws(Abandoned) in try parser.colocation() }
        case .order: { (parser) throws(Abandoned) in try parser.order() }
        case .clone: { (parser) throws(Abandoned) in try parser.clone("clone") }
        case .group: { (parser) throws(Abandoned) in try parser.group() }
        case .location: { (parser) throws(Abandoned) in try parser.location() }
        case .node: { (parser) throws(Abandoned) in try parser.node() }
        case .property: { (parser) throws(Abandoned) in try parser.property() }
        case .rscDefaults: { (parser) throws(Abandoned) in try parser.defaults("rsc_defaults") }
        case .opDefaults: { (parser) throws(Abandoned) in try parser.defaults("op_defaults") }
        default: nil
        }
    }

    private mutating func unsupported(_ word: String) -> Abandoned {
        fail(
            "crmsh knows \"\(word)\", but it is not supported in this version yet",
            remedy: "leave it out of the repository: what was never there is shown and not touched")
    }

    private mutating func unknown(_ word: String) -> Abandoned {
        if CRMKeyword.commands.contains(word) {
            return fail(
                "\"\(word)\" is a command of crmsh, and a .crm file holds configuration",
                expected: "statements as `crm configure show` prints them", remedy: "remove this line")
        }
        return fail(
            "\"\(word)\" begins no statement", expected: "primitive, ms, colocation, order, property or the like",
            remedy: didYouMean(word, among: CRMKeyword.spellings) ?? misplacedList(word))
    }

    private func misplacedList(_ word: String) -> String? {
        guard Self.listWords.contains(word) else { return nil }
        return "end the line before with \\ if \"\(word)\" belongs to its statement"
    }
}
