/// The bytes that mean something in crmsh's text. All are ASCII, so none occurs inside a UTF-8 sequence.
extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    static let backslash = UInt8(ascii: "\\")
    static let doubleQuote = UInt8(ascii: "\"")
    static let singleQuote = UInt8(ascii: "'")
    static let equals = UInt8(ascii: "=")
    static let colon = UInt8(ascii: ":")
    static let slash = UInt8(ascii: "/")
    static let at = UInt8(ascii: "@")
    static let dollar = UInt8(ascii: "$")
    static let hash = UInt8(ascii: "#")

    /// What separates words. crmsh: `whitespace = ' \t\r\n'`, as in Python's shlex.
    var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }

    var isControl: Bool { (self < 0x20 && !isBlank) || self == 0x7F }

    var isDigit: Bool { self &- 0x30 < 10 }

    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

    /// Python's `\w`, as far as ASCII goes.
    var isWordCharacter: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }

    /// A character that goes straight into a token: no blank, quote, backslash, `=`, control or non-ASCII byte.
    var isOrdinary: Bool {
        self > 0x27 && self < 0x7F && self != .equals && self != .backslash
            || self == 0x21 || (self >= 0x23 && self <= 0x26)
    }
}
