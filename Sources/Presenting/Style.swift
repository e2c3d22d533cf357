internal import Diagnostics

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
