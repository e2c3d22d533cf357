extension Element {
    /// XML text, two blanks a level, a line an element, as libxml2 formats it.
    public var xml: String {
        var text = ""
        write(to: &text, indent: 0)
        return text
    }

    private func write(to text: inout String, indent: Int) {
        let margin = String(repeating: " ", count: 2 * indent)
        text += "\(margin)<\(name)"
        for attribute in attributes { text += " \(attribute.name)=\"\(escaped(attribute.value))\"" }
        guard !children.isEmpty else {
            text += "/>\n"
            return
        }
        text += ">\n"
        for child in children { child.write(to: &text, indent: indent + 1) }
        text += "\(margin)</\(name)>\n"
    }
}

/// An attribute's value between double quotes. Line breaks and tabs are written as references, or a
/// reader would turn them into blanks (XML 1.0, 3.3.3 Attribute-Value Normalization).
private func escaped(_ value: String) -> String {
    guard value.utf8.contains(where: isSpecial) else { return value }
    var text = ""
    for scalar in value.unicodeScalars {
        switch scalar {
        case "&": text += "&amp;"
        case "<": text += "&lt;"
        case ">": text += "&gt;"
        case "\"": text += "&quot;"
        case "\n": text += "&#10;"
        case "\r": text += "&#13;"
        case "\t": text += "&#9;"
        default: text.unicodeScalars.append(scalar)
        }
    }
    return text
}

private func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), 9, 10, 13: true
    default: false
    }
}
