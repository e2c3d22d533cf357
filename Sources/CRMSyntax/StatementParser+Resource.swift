internal import Diagnostics
internal import XML

extension StatementParser {
    /// `primitive id {[class:[provider:]]type|@template} [description=…] [params|meta|utilization|operations|op …]`,
    /// and `rsc_template`, which has no template itself
    mutating func primitive(_ name: String) throws(Abandoned) -> Element {
        var primitive = Element(name)
        primitive.attributes.reserveCapacity(4)
        primitive.children.reserveCapacity(4)
        primitive.attributes.append(.init("id", try objectName(of: name)))
        if name == "primitive", let token, token.text.first == .at, token.text.count > 1 {
            primitive.attributes.append(.init("template", token.string(from: 1)))
            try advance()
        } else {
            try agent(into: &primitive)
        }
        try description(into: &primitive)
        try arguments(.primitive, into: &primitive)
        return primitive
    }

    private mutating func agent(into primitive: inout Element) throws(Abandoned) {
        guard let token, let first = token.text.first, first != .at, !token.hasEquals else {
            throw missing("a resource agent, such as ocf:heartbeat:Xen, or @template")
        }
        guard let agent = Agent(token) else {
            throw fail(
                "\"\(token.string)\" is no resource agent", expected: "class:type, or ocf:provider:type")
        }
        primitive.attributes.append(.init("class", agent.standard))
        if let provider = agent.provider { primitive.attributes.append(.init("provider", provider)) }
        primitive.attributes.append(.init("type", agent.type))
        try advance()
    }

    /// `group id member … [description=…] [params …] [meta …]`
    mutating func group() throws(Abandoned) -> Element {
        var group = Element("group", [.init("id", try objectName(of: "group"))])
        let members = try groupMembers()
        if members.isEmpty { report(.error, "a group without members", expected: "the name of a resource") }
        try description(into: &group)
        try arguments(.container, into: &group)
        group.children += members.map(Element.member)
        return group
    }

    /// Everything up to a list, as crmsh takes it: `params`, `meta` or a word with `=`.
    private mutating func groupMembers() throws(Abandoned) -> [String] {
        var members: [String] = []
        var known: Set<String> = []
        while let token, !token.hasEquals, !token.matches("params"), !token.matches("meta"), !token.text.isEmpty {
            let name = token.string
            if !known.insert(name).inserted {
                report(.error, "\"\(name)\" is in the group twice", remedy: "remove one of them")
            }
            try advance()
            try checkMember(name, token)
            members.append(name)
        }
        return members
    }

    /// `group g a mata x=y`: the word before the first pair is more likely a misspelt list than a resource.
    private mutating func checkMember(_ name: String, _ member: Token) throws(Abandoned) {
        guard let token, token.hasEquals, !token.begins(with: "description="),
            let keyword = ["params", "meta"].nearMiss(name)
        else { return }
        throw fail(
            "\"\(name)\" stands where a list begins", at: member.range, expected: "params or meta",
            remedy: "did you mean \"\(keyword)\"?")
    }

    /// `clone id member …`, and `ms id member …`, which makes a `<master>`.
    mutating func clone(_ name: String) throws(Abandoned) -> Element {
        var clone = Element(name, [.init("id", try objectName(of: name == "clone" ? "clone" : "ms"))])
        let member = try resourceName()
        if let token, !token.hasEquals, !isListWord(token), !token.text.isEmpty {
            throw fail(
                "unexpected \"\(token.string)\" behind the one resource that is cloned", expected: "params or meta",
                remedy: suggestion(for: token) ?? "put several resources into a group")
        }
        try description(into: &clone)
        try arguments(.container, into: &clone)
        clone.children.append(.member(member))
        return clone
    }
}

extension Element {
    static func member(_ id: String) -> Element {
        Element(CRMStatement.memberTag, [.init("id", id)])
    }
}
