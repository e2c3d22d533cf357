internal import Diagnostics
internal import XML

extension StatementParser {
    /// `node [id:|$id=id] uname[:type] [description=…] [attributes …] [utilization …]`
    mutating func node() throws(Abandoned) -> Element {
        var node = Element("node")
        if let id = try leadingID(), !id.isEmpty { node.attributes.append(.init("id", id)) }
        let (uname, type) = try unameAndType()
        node.attributes.append(.init("uname", uname))
        if let type { node.attributes.append(.init("type", type)) }
        try description(into: &node)
        try arguments(.node, into: &node)
        return node
    }

    private static let nodeTypes = ["normal", "member", "ping", "remote"]

    private mutating func unameAndType() throws(Abandoned) -> (String, String?) {
        guard let token, !token.text.isEmpty, token.text.first != .colon else { throw missing("the node's name") }
        if token.hasEquals {  // `node alpha: standby=off`, as YAML has it: the name has become an id
            report(
                .warning, "\"\(token.string)\" is the name of a node here, and no attribute", expected: "node NAME, then its attributes",
                remedy: "leave out the colon behind the name")
        }
        guard let colon = token.firstIndex(of: .colon) else {
            return (try word("the node's name"), nil)
        }
        let type = token.string(from: colon + 1)
        guard Self.nodeTypes.contains(type.lowercased()) else {
            throw fail(
                "\"\(type)\" is no type of node", at: token.range,
                expected: Self.nodeTypes.joined(separator: ", "),
                remedy: Self.nodeTypes.nearMiss(type).map { "did you mean \"\($0)\"?" })
        }
        try advance()
        return (token.string(0..<colon), type)
    }
}
