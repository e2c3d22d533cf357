internal import Diagnostics
internal import XML

extension StatementParser {
    /// The whole statement. Nil where there is nothing but continuations.
    mutating func statement() throws(Abandoned) -> (keyword: CRMKeyword, element: Element)? {
        try advance()
        guard let token else { return nil }
        let word = token.string.lowercased()
        guard let keyword = CRMKeyword(word: word) else { throw unknown(word) }
        if keyword == .xml { return (keyword, try escapedElement()) }
        try advance()
        let element = try Self.reader(of: keyword)(&self)
        if self.token != nil { throw unexpected("the end of the statement") }
        return (keyword, element)
    }

    private typealias Reader = (inout StatementParser) throws(Abandoned) -> Element

    /// One line, and one file, for each element of the grammar.
    private static func reader(of keyword: CRMKeyword) -> Reader {
        switch keyword {
        case .primitive: { (parser) throws(Abandoned) in try parser.primitive("primitive") }
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
        case .rscTemplate: { (parser) throws(Abandoned) in try parser.primitive("template") }
        case .bundle: { (parser) throws(Abandoned) in try parser.bundle() }
        case .monitor: { (parser) throws(Abandoned) in try parser.monitor() }
        case .rscTicket: { (parser) throws(Abandoned) in try parser.ticket() }
        case .tag: { (parser) throws(Abandoned) in try parser.tag() }
        case .fencingTopology: { (parser) throws(Abandoned) in try parser.fencingTopology() }
        case .alert: { (parser) throws(Abandoned) in try parser.alert() }
        case .role: { (parser) throws(Abandoned) in try parser.role() }
        case .aclTarget: { (parser) throws(Abandoned) in try parser.roles(of: "acl_target") }
        case .aclGroup: { (parser) throws(Abandoned) in try parser.roles(of: "acl_group") }
        case .user: { (parser) throws(Abandoned) in try parser.user() }
        case .xml: { (parser) throws(Abandoned) in try parser.escapedElement() }
        }
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
