/// How text is shown: with colour on a terminal, plain in a pipe.
public struct Style: Hashable, Sendable {
    public enum Tone: String, Hashable, Sendable {
        case created = "32"
        case changed = "33"
        case deleted = "31"
        case strong = "1"
        case faint = "2"
        case good = "1;32"
        case bad = "1;31"
    }

    public let isColoured: Bool

    public init(isColoured: Bool) { self.isColoured = isColoured }

    public static let plain = Style(isColoured: false)

    public func callAsFunction(_ text: String, _ tone: Tone) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
    }
}

extension String {
    /// The text with everything that could drive a terminal made visible: `\u{1B}` for an escape, `\n` for a line break.
    public var terminalSafe: String {
        guard unicodeScalars.contains(where: \.drivesTerminal) else { return self }
        return unicodeScalars.map { $0.drivesTerminal ? $0.escaped(asASCII: true) : String($0) }.joined()
    }
}

extension Unicode.Scalar {
    /// Control characters, and those that change the direction of writing.
    fileprivate var drivesTerminal: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
