extension XenConfiguration: CustomStringConvertible {
    /// The text: an assignment a line, numbers bare, other texts in double quotes, a list of more than one
    /// value with a line for each. Comments are not kept.
    public var description: String {
        assignments.reduce(into: "") { $0 += $1.description + "\n" }
    }
}

extension XenConfiguration.Assignment: CustomStringConvertible {
    public var description: String { "\(key) \(`operator`.rawValue) \(value.text(depth: 0))" }
}

extension XenConfiguration.Value: CustomStringConvertible {
    public var description: String { text(depth: 0) }

    fileprivate func text(depth: Int) -> String {
        switch self {
        case .text(let text): text.isDecimal ? text : text.quoted
        case .list(let values) where values.count < 2: "[\(values.map { " \($0.text(depth: depth)) " }.joined())]"
        case .list(let values):
            "[\n" + values.map { Self.indent(depth + 1) + $0.text(depth: depth + 1) + ",\n" }.joined()
                + Self.indent(depth) + "]"
        }
    }

    private static func indent(_ depth: Int) -> String { String(repeating: "    ", count: depth) }
}

extension String {
    fileprivate var isDecimal: Bool {
        !isEmpty && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    fileprivate var quoted: String {
        var result = "\""
        for scalar in unicodeScalars {
            if let letter = Escapes.letter(for: scalar) {
                result += "\\\(letter)"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension Escapes {
    /// How a character must or should be escaped between double quotes.
    fileprivate static func letter(for scalar: Unicode.Scalar) -> Character? {
        if scalar == "\"" || scalar == "\\" { return Character(scalar) }
        return letters.first { Unicode.Scalar($0.byte) == scalar }.map { Character(Unicode.Scalar($0.letter)) }
    }
}
