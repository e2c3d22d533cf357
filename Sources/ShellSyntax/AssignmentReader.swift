/// Reads one line as a shell would, as far as it is an assignment of a fixed text. A quoted value may run over lines.
struct AssignmentReader {
    enum Outcome {
        case nothing
        case assignment(ShellVariables.Assignment)
        case code(String)

        var assignment: ShellVariables.Assignment? {
            if case .assignment(let assignment) = self { assignment } else { nil }
        }
    }

    let bytes: [UInt8]
    var position: Int
    private var value: [UInt8] = []
    var isFixed = true

    init(_ bytes: [UInt8], from position: Int) {
        self.bytes = bytes
        self.position = position
    }

    /// Just behind the line's break.
    var endOfLine: Int { (bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1) + 1 }

    mutating func read() -> Outcome {
        skipBlanks()
        guard let first = current, first != UInt8(ascii: "\n"), first != UInt8(ascii: "#") else { return .nothing }
        var name = word()
        if name == "export", current?.isBlank == true {
            skipBlanks()
            name = word()
        }
        guard !name.isEmpty, current == UInt8(ascii: "=") else { return .code("a line that is no assignment") }
        position += 1
        guard readValue() else { return .code("a quote or an expansion that does not end") }
        skipBlanks()
        guard current == nil || current == UInt8(ascii: "\n") || (current == UInt8(ascii: "#") && bytes[position - 1].isBlank) else {
            return .code("more than an assignment")
        }
        return .assignment(
            ShellVariables.Assignment(name: name, value: isFixed ? String(decoding: value, as: UTF8.self) : nil))
    }

    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = current, byte.isBlank { position += 1 }
    }

    private mutating func word() -> String {
        let start = position
        while let byte = current, byte.isInName(first: position == start) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Up to a blank or the end of the line outside of quotes. False where a quote is not closed.
    private mutating func readValue() -> Bool {
        var mayBeHome = true
        while let byte = current, !byte.endsWord {
            position += 1
            switch byte {
            case UInt8(ascii: "'"): if !readSingle() { return false }
            case UInt8(ascii: "\""): if !readDouble() { return false }
            case UInt8(ascii: "\\"): if !takeEscaped() { return false }
            case UInt8(ascii: "$"), UInt8(ascii: "`"): if !passExpansion(byte, isQuoted: false) { return false }
            // In an assignment a tilde stands for a home after each colon too.
            case UInt8(ascii: "~") where mayBeHome: isFixed = false
            default: value.append(byte)
            }
            mayBeHome = byte == UInt8(ascii: ":")
        }
        return true
    }

    private mutating func takeEscaped() -> Bool {
        guard let byte = current else { return false }
        position += 1
        if byte != UInt8(ascii: "\n") { value.append(byte) }
        return true
    }

    private mutating func readSingle() -> Bool {
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "'")) else { return false }
        value += bytes[position..<end]
        position = end + 1
        return true
    }

    /// Stays where it was if the quote is not closed: that spoils its own line only.
    private mutating func readDouble() -> Bool {
        let start = position
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): readDoubleEscape()
            case UInt8(ascii: "$"), UInt8(ascii: "`"):
                guard passExpansion(byte, isQuoted: true) else {
                    position = start
                    return false
                }
            default: value.append(byte)
            }
        }
        position = start
        return false
    }

    /// "The backslash retains its special meaning only when followed by one of the following characters: $, `, ", \, or
    /// <newline>." (bash(1))
    private mutating func readDoubleEscape() {
        guard let byte = current else { return }
        position += 1
        if byte == UInt8(ascii: "\n") { return }
        if !"$`\"\\".utf8.contains(byte) { value.append(UInt8(ascii: "\\")) }
        value.append(byte)
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    /// A blank, a line break, an operator of the shell.
    fileprivate var endsWord: Bool { isBlank || "\n;&|<>()".utf8.contains(self) }

    fileprivate func isInName(first: Bool) -> Bool {
        switch self {
        case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
        case 0x30...0x39: !first
        default: false
        }
    }
}
