internal import Diagnostics
internal import FoundationEssentials

/// Every document has a version, which goes up when something in it changes its meaning.
public enum JSON {
    public static func text(_ value: some Encodable) -> String { text(value, [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]) }

    /// On one line, for what stands among other text.
    public static func line(_ value: some Encodable) -> String { text(value, [.sortedKeys, .withoutEscapingSlashes]) }

    private static func text(_ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self).escapingControls } ?? "{}"
    }
}

extension String {
    /// "All Unicode characters may be placed within the quotation marks, except for … the control characters (U+0000 through
    /// U+001F)" (RFC 8259): the encoder leaves DEL, the controls behind it and the marks that reorder text as they are. Outside of
    /// strings JSON has none of them.
    fileprivate var escapingControls: String {
        escapingControls { scalar in
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}
