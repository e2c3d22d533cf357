extension String {
    /// The text with every control character but line break and tab written as an escape, so that what a program or a
    /// file says can't drive the reader's terminal; the marks that reorder text on a screen are escaped too.
    public var terminalSafe: String { escapingControls { "\\u{\(String($0.value, radix: 16))}" } }

    /// The text with each of those characters, which are none beyond U+FFFF, in another notation.
    public func escapingControls(_ notation: (Unicode.Scalar) -> String) -> String {
        guard unicodeScalars.contains(where: \.drivesTerminals) else { return self }
        var safe = ""
        for scalar in unicodeScalars {
            if scalar.drivesTerminals {
                safe += notation(scalar)
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }
}

extension Unicode.Scalar {
    var drivesTerminals: Bool {
        switch value {
        case 0x09, 0x0A: false
        case ..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

extension String {
    /// Safe for a terminal, line breaks and tabs included: nothing that a value says can look like a line of our own.
    public var singleLine: String {
        terminalSafe.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
            .split(separator: "\t", omittingEmptySubsequences: false).joined(separator: "\\t")
    }

    /// The first line, for a table: what has more of them is told elsewhere as a whole.
    public var firstLine: String {
        let lines = split(separator: "\n")
        return (lines.first.map { String($0).singleLine } ?? "") + (lines.count > 1 ? " …" : "")
    }
}
