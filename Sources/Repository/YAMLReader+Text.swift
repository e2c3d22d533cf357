internal import YAML

extension YAMLReader {
    /// A text. What YAML takes for something else, such as `null`, `true` or `12`, is one in quotes only.
    mutating func text(_ value: Value) -> String? {
        guard let text = value.text, let kind = value.foreignKind else { return value.text ?? "" }
        refuse(value, "YAML reads this as \(kind)", expected: "a text", remedy: "write \"\(text)\", in quotes")
        return nil
    }

    /// Digits, without quotes: JSON and YAML take nothing else for the same whole number.
    mutating func wholeNumber(_ value: Value, of what: String, in range: ClosedRange<Int>) -> Int? {
        let digits = value.isPlain ? value.text ?? "" : ""
        let isDecimal = digits.utf8.allSatisfy { (0x30...0x39).contains($0) } && (digits.count == 1 || digits.first != "0")
        if isDecimal, let number = Int(digits), range.contains(number) { return number }
        refuse(value, "this is not a number of \(what)", expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }
}

extension YAMLReader.Value {
    /// Without quotes and without a tag but that of a number.
    fileprivate var isPlain: Bool { node.isPlain && (node.tag == nil || node.tag?.hasSuffix(":int") == true) }

    /// A document that holds nothing.
    var isNothing: Bool { foreignKind == "nothing" }

    /// What a scalar is if not a text, by the core schema of YAML 1.2, as editors have it too.
    fileprivate var foreignKind: String? {
        guard let text = node.text else { return nil }
        if let tag = node.tag, tag != "!", !tag.hasSuffix(":str") { return "something of its own, by the tag \(tag)" }
        guard node.isPlain, node.tag == nil else { return nil }
        switch text {
        case "", "~", "null", "Null", "NULL": return "nothing"
        case "true", "True", "TRUE", "false", "False", "FALSE": return "true or false"
        default: return text.isNumber ? "a number" : nil
        }
    }
}

extension String {
    /// `[-+]?[0-9]+`, `0o17`, `0x1F`, `1.5e3`, `.inf`, `.nan`
    fileprivate var isNumber: Bool {
        if ["inf", "nan"].contains(drop { "+-".contains($0) }.dropFirst().lowercased()) { return contains(".") }
        if hasPrefix("0o") { return Int(dropFirst(2), radix: 8) != nil }
        if hasPrefix("0x") { return Int(dropFirst(2), radix: 16) != nil }
        let digits = drop { "+-".contains($0) }
        guard let first = digits.first, first == "." || first.isNumber else { return false }
        return digits.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) } && (Double(digits) ?? Double("0\(digits)")) != nil
    }
}
