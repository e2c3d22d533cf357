extension String {
    /// The text with every control character but line break and tab written as an escape, so that what a program or a
    /// file says can't drive the reader's terminal; the marks that reorder text on a screen are escaped too.
    public var terminalSafe: String {
        guard unicodeScalars.contains(where: \.drivesTerminals) else { return self }
        var safe = ""
        for scalar in unicodeScalars {
            if scalar.drivesTerminals {
                safe += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }
}

extension Unicode.Scalar {
    public var drivesTerminals: Bool {
        switch value {
        case 0x09, 0x0A: false
        case ..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
