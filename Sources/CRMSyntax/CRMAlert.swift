internal import XML

// A program that the cluster runs on events, and for whom.

extension StatementParser {
    private static let events = ["nodes", "fencing", "resources", "attributes"]

    /// `alert id path [description=…] [attributes …] [meta …] [select …] [to {recipient} …]`
    mutating func alert() throws(Abandoned) -> Element {
        var alert = Element("alert", [.init("id", try objectName(of: "alert"))])
        alert.attributes.append(.init("path", try word("the path of a program")))
        closers = ["to", "select", "}"]
        try description(into: &alert)
        while let token {
            if let list = AttributeLists.alert.element(for: token) {
                try advance()
                alert.children.append(try attributeList(list))
            } else if token.matches("select") {
                alert.children.append(try selection())
            } else if token.matches("to") {
                alert.children.append(try recipient())
            } else {
                throw unexpected("attributes, meta, select, to or the end of the statement")
            }
        }
        return alert
    }

    /// `select nodes fencing resources attributes { standby … }`
    private mutating func selection() throws(Abandoned) -> Element {
        try advance()
        var selection = Element("select")
        while let token, Self.events.contains(token.string), !isList(token) {
            try advance()
            var events = Element("select_\(token.string)")
            if token.matches("attributes") {
                guard try take("{") else { throw missing("{") }
                while !peek("}") {
                    events.children.append(Element("attribute", [.init("name", try identifier("an attribute or }"))]))
                }
                try advance()
            }
            selection.children.append(events)
        }
        if selection.children.isEmpty { throw missing(Self.events.joined(separator: ", ") + " { … }") }
        return selection
    }

    /// `attributes` selects events only with a brace behind it; else it begins a list.
    private func isList(_ token: Token) -> Bool { token.matches("attributes") && !(following()?.matches("{") ?? false) }

    /// `to value …`, or `to { value … }` where the lists behind it would be the alert's own.
    private mutating func recipient() throws(Abandoned) -> Element {
        try advance()
        let opening = token
        let isBraced = try take("{")
        var recipient = Element("recipient", [.init("value", try word("whom to send to"))])
        try description(into: &recipient)
        while let token, let list = AttributeLists.alert.element(for: token) {
            try advance()
            recipient.children.append(try attributeList(list))
        }
        guard isBraced else { return recipient }
        if token == nil, let opening { throw fail("a brace is opened and not closed", at: opening.range, expected: "}") }
        guard try take("}") else { throw unexpected("attributes, meta or }") }
        return recipient
    }
}

extension AttributeLists {
    static let alert = AttributeLists(words: [("attributes", "instance_attributes"), ("meta", "meta_attributes")])
}

extension CRMPrinter {
    func alertLines(_ alert: Element) -> [String]? {
        var lines = ["alert \(CRMQuoting.word(alert.id ?? "")) \(CRMQuoting.value(alert["path"] ?? ""))"]
        lines += description(alert)
        let isList = { (child: Element) in child.name == "instance_attributes" || child.name == "meta_attributes" }
        let first = alert.children.firstIndex { $0.name == "recipient" } ?? alert.children.count
        let braces = alert.children[first...].contains(where: isList)
        for child in alert.children {
            switch child.name {
            case "instance_attributes": lines.append(list("attributes", child))
            case "meta_attributes": lines.append(list("meta", child))
            case "select": lines.append(selection(child))
            case "recipient": lines.append(recipient(child, inBraces: braces))
            default: return nil
            }
        }
        return lines
    }

    private func selection(_ selection: Element) -> String {
        let words = selection.children.flatMap { events -> [String] in
            let name = String(events.name.dropFirst("select_".count))
            guard name == "attributes" else { return [name] }
            return [name, "{"] + events.children.map { CRMQuoting.word($0["name"] ?? "") } + ["}"]
        }
        return (["select"] + words).joined(separator: " ")
    }

    private func recipient(_ recipient: Element, inBraces braces: Bool) -> String {
        var words = [CRMQuoting.value(recipient["value"] ?? "")] + description(recipient)
        words += recipient.children.map { list($0.name == "meta_attributes" ? "meta" : "attributes", $0) }
        return (["to"] + (braces ? ["{"] + words + ["}"] : words)).joined(separator: " ")
    }
}
