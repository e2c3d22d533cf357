extension DRBDConfiguration: CustomStringConvertible {
    /// The text, laid out as `drbdadm dump` indents it: a statement a line, four blanks a level. Comments are not kept.
    public var description: String {
        var text = ""
        for statement in statements { statement.print(into: &text, depth: 0) }
        return text
    }
}

extension DRBDConfiguration.Statement: CustomStringConvertible {
    public var description: String {
        var text = ""
        print(into: &text, depth: 0)
        return text
    }

    fileprivate func print(into text: inout String, depth: Int) {
        let indent = String(repeating: "    ", count: depth)
        text += indent + keyword.description
        for argument in arguments { text += " " + argument.description }
        guard let body else {
            text += ";\n"
            return
        }
        text += " {\n"
        for statement in body { statement.print(into: &text, depth: depth + 1) }
        text += indent + "}\n"
    }
}

extension DRBDConfiguration.Word: CustomStringConvertible {
    /// In quotes if it stood in quotes, or can't do without. A line break can't be written in this format at all.
    public var description: String {
        isQuoted || !isReadableBare ? quoted : text
    }

    /// `a/b.c`, `192.0.2.1:7000`, `[0]`, `[fe80::1%eth0]:7000`.
    var isReadableBare: Bool {
        var rest = text.utf8[...]
        if rest.first == UInt8(ascii: "[") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
            guard rest[..<end].dropFirst().allSatisfy({ $0.isBareOrColon || $0 == UInt8(ascii: "%") }) else {
                return false
            }
            rest = rest[rest.index(after: end)...]
            if rest.isEmpty { return true }
            guard rest.first == UInt8(ascii: ":") else { return false }
        } else if rest.first == UInt8(ascii: ":") {
            return false
        }
        guard let last = rest.last, last != UInt8(ascii: ":") else { return false }
        return rest.allSatisfy(\.isBareOrColon)
    }

    private var quoted: String {
        var result = "\""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { result.append("\\") }
            result.unicodeScalars.append(character)
        }
        return result + "\""
    }
}

extension UInt8 {
    fileprivate var isBareOrColon: Bool { isBare || self == UInt8(ascii: ":") }
}
