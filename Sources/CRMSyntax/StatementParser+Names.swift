internal import Diagnostics
internal import XML

extension StatementParser {
    /// The name of an object, which is its XML id.
    mutating func objectName(of kind: String) throws(Abandoned) -> String {
        guard let token, !token.text.isEmpty else { throw missing("the name of the \(kind)") }
        guard token.isName else {
            throw fail(
                "\"\(token.string)\" can't be the name of a \(kind)",
                expected: "a letter or _, then letters, digits and . _ -")
        }
        let name = token.string
        try advance()
        return name
    }

    /// The name of a resource that is defined elsewhere.
    mutating func resourceName() throws(Abandoned) -> String {
        guard let token, token.isResource else { throw missing("the name of a resource") }
        let name = token.string
        try advance()
        return name
    }

    /// crmsh: `([a-z0-9_#$-][^=]*)$`, the name of a node or an attribute.
    mutating func identifier(_ expected: String) throws(Abandoned) -> String {
        guard let token, token.isIdentifier else { throw missing(expected) }
        let name = token.string
        try advance()
        return name
    }

    enum IDSpecification { case none, own, reference }

    /// `$id=X` or `$id-ref=X`. X of the latter may name a list, or an object that has one.
    mutating func idSpecification(into element: inout Element) throws(Abandoned) -> IDSpecification {
        guard let token, token.text.first == .dollar else { return .none }
        if let id = token.value(of: "$id-ref=") {
            element["id-ref"] = id
            try advance()
            return .reference
        }
        guard let id = token.value(of: "$id=") else { return .none }
        element["id"] = id
        try advance()
        declare(id, at: token)
        return .own
    }

    /// Notes an id that the text gives, to find those given twice.
    mutating func declare(_ id: String, at token: Token) {
        if !id.utf8.isXMLName {
            report(
                .error, "\"\(id)\" can't be an id", at: token.range,
                expected: "a letter or _, then letters, digits and . _ -")
        }
        append(identifier: id)
    }

    /// `id:` or `$id=id`, as the first word of a node or a property set. crmsh prints `a.b:` too, but can't read it.
    mutating func leadingID() throws(Abandoned) -> String? {
        guard let token else { return nil }
        if let id = token.value(of: "$id=") {
            try advance()
            return id
        }
        guard let id = token.beforeFinalColon, id.utf8.allSatisfy({ $0.isWordCharacter || $0 == 0x2D || $0 == 0x2E })
        else { return nil }
        try advance()
        return id
    }
}

extension Token {
    var isName: Bool { text.isXMLName }

    var isResource: Bool {
        guard let first = text.first, !hasEquals else { return false }
        return first.isLetter || first == UInt8(ascii: "_") || first == .hash || first == .dollar
    }

    var isIdentifier: Bool {
        guard let first = text.first, !hasEquals else { return false }
        return first.isWordCharacter || first == .hash || first == .dollar || first == UInt8(ascii: "-")
    }
}

extension Collection<UInt8> {
    /// What crmsh accepts as an id: `^[A-Za-z_][\w._-]*$`.
    var isXMLName: Bool {
        guard let first, first.isLetter || first == UInt8(ascii: "_") else { return false }
        return dropFirst().allSatisfy {
            $0.isWordCharacter || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
        }
    }
}
