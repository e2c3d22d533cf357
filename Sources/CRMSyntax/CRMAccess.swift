internal import Diagnostics
internal import XML

// Who may read and write which part of the CIB.

extension StatementParser {
    private static let kinds = ["read", "write", "deny"]

    /// `role id [description=…] {read|write|deny [id:] [description=…] specification …} …`, as of Pacemaker 1.1.12
    mutating func role() throws(Abandoned) -> Element {
        var role = Element("acl_role", [.init("id", try objectName(of: "role"))])
        try description(into: &role)
        while token != nil { role.children += try permissions() }
        return try filled(role, "a role without a right", expected: "read, write or deny, and what")
    }

    /// `acl_target user role …` and `acl_group group role …`
    mutating func roles(of tag: String) throws(Abandoned) -> Element {
        var holder = Element(tag, [.init("id", try identifier("the name of a user or group"))])
        while token != nil { holder.children.append(Element("role", [.init("id", try identifier("a role"))])) }
        return try filled(holder, "nobody without a role has any right", expected: "a role")
    }

    /// crmsh: "syntax in role: Expected at least 2 arguments". Where Pacemaker has such a thing, it is XML.
    private mutating func filled(_ holder: Element, _ message: String, expected: String) throws(Abandoned) -> Element {
        guard holder.children.isEmpty, holder["description"] == nil else { return holder }
        throw fail(message, expected: expected, remedy: "write it; or, if that is meant, \"xml <\(holder.name) id=\"\(holder.id ?? "")\"/>\"")
    }

    /// `user id {role:id | read|write|deny specification …} …`, before Pacemaker 1.1.12
    mutating func user() throws(Abandoned) -> Element {
        var user = Element("acl_user", [.init("id", try identifier("the name of a user"))])
        while let token {
            if let role = token.value(of: "role:") {
                user.children.append(Element("role_ref", [.init("id", role)]))
                try advance()
            } else {
                let kind = try right()
                user.children.append(Element(kind, try specifications(formerly: true)))
            }
        }
        return try filled(user, "a user without a right", expected: "role:…, read, write or deny")
    }

    private mutating func right() throws(Abandoned) -> String {
        guard let token, Self.kinds.contains(token.string.lowercased()) else {
            throw fail(
                token.map { "unexpected \"\($0.string)\"" } ?? "the statement ends too early",
                expected: Self.kinds.joined(separator: ", "),
                remedy: token.flatMap { Self.kinds.nearMiss($0.string) }.map { "did you mean \"\($0)\"?" })
        }
        try advance()
        return token.string.lowercased()
    }

    /// One permission, or several: an xpath, a reference and an object type exclude each other.
    private mutating func permissions() throws(Abandoned) -> [Element] {
        var permission = Element("acl_permission", [.init("kind", try right())])
        if let token, let id = try leadingID() {
            permission.attributes.append(.init("id", id))
            declare(id, at: token)
        }
        try description(into: &permission)
        let start = here
        let found = Element("", try specifications(formerly: false))
        // Without it the right would be one to all that the rest names. crmsh: "attribute is only valid in combination with tag/object-type".
        guard found["attribute"] == nil || found["object-type"] != nil else {
            throw fail("attribute: is for a type: only, and would be passed over here", at: start, expected: "type:… attribute:…")
        }
        let alternatives = [["xpath"], ["reference"], ["object-type", "attribute"]].filter { found[$0[0]] != nil }
        guard !alternatives.isEmpty else {
            throw fail(
                "a permission for nothing", at: start, expected: "xpath:…, ref:…, type:… or a shortcut such as meta:rsc")
        }
        return alternatives.map { names in
            var one = permission
            for name in names { one[name] = found[name] }
            return one
        }
    }

    /// `xpath:…`, `ref:…`, `type:…`, `attr:…` and the shortcuts, up to the next right.
    private mutating func specifications(formerly: Bool) throws(Abandoned) -> [Element.Attribute] {
        var found = Element("")
        while let token, !Self.kinds.contains(token.string.lowercased()), !token.begins(with: "role:") {
            let colon = token.firstIndex(of: .colon) ?? token.text.count
            let word = token.string(0..<colon)
            let value = colon + 1 < token.text.count ? token.string(from: colon + 1) : nil
            if let shortcut = AccessShortcut.named(word) {
                guard let xpath = shortcut.xpath(value) else {
                    throw fail("\"\(token.string)\" is not enough", expected: shortcut.example)
                }
                found["xpath"] = xpath
            } else if let name = (formerly ? AccessWords.former : AccessWords.present)[word], let value {
                found[name] = value
            } else {
                throw unknownSpecification(word, token, formerly)
            }
            try advance()
        }
        return found.attributes
    }

    private mutating func unknownSpecification(_ word: String, _ token: Token, _ formerly: Bool) -> Abandoned {
        let words = (formerly ? AccessWords.former : AccessWords.present).keys.sorted() + AccessShortcut.all.map(\.word)
        return fail(
            "\"\(token.string)\" is no part of the CIB", expected: words.joined(separator: ", "),
            remedy: (words + Self.kinds).nearMiss(word).map { "did you mean \"\($0)\"?" })
    }
}

/// crmsh's words for the attributes of a permission.
private enum AccessWords {
    static let present = [
        "xpath": "xpath", "ref": "reference", "reference": "reference", "tag": "object-type", "type": "object-type",
        "attr": "attribute", "attribute": "attribute",
    ]
    static let former = ["xpath": "xpath", "ref": "ref", "tag": "tag", "attribute": "attribute"]
    static let printed = [("xpath", "xpath"), ("reference", "ref"), ("attribute", "attr"), ("object-type", "type")]
    static let printedFormerly = [("xpath", "xpath"), ("ref", "ref"), ("tag", "tag"), ("attribute", "attribute")]
}

extension CRMPrinter {
    /// Nil for a role without permissions and a user without roles: crmsh wants at least one.
    func accessLines(_ holder: Element) -> [String]? {
        guard !holder.children.isEmpty else { return nil }
        let keyword = CRMKeyword.word(forTag: holder.name)
        var lines = ["\(keyword) \(CRMQuoting.word(holder.id ?? ""))"] + description(holder)
        for child in holder.children {
            switch child.name {
            case "role": lines.append(CRMQuoting.word(child.id ?? ""))
            case "role_ref": lines.append(CRMQuoting.word("role:\(child.id ?? "")"))
            default: lines.append(permission(child))
            }
        }
        return lines
    }

    /// One right, as it stands in a role, or in a user of the former kind.
    func permission(_ permission: Element) -> String {
        permission.name == "acl_permission"
            ? self.permission(permission, permission["kind"] ?? "", AccessWords.printed)
            : self.permission(permission, permission.name, AccessWords.printedFormerly)
    }

    private func permission(_ permission: Element, _ kind: String, _ words: [(String, String)]) -> String {
        let specifications = words.compactMap { name, word -> String? in
            guard let value = permission[name] else { return nil }
            if name == "xpath", let shortcut = AccessShortcut.text(for: value) { return shortcut }
            return name == "xpath" ? "xpath:\(CRMQuoting.value(value))" : CRMQuoting.word("\(word):\(value)")
        }
        return ([kind] + description(permission) + specifications).joined(separator: " ")
    }
}
