/// A score as crmsh writes it into the CIB.
enum Score {
    /// `[+-]?(inf|infinity|INF|INFINITY|digits)`, with INFINITY spelt out; nil for anything else.
    static func number(_ text: String) -> String? {
        let sign = text.hasPrefix("-") ? "-" : text.hasPrefix("+") ? "+" : ""
        let size = text.dropFirst(sign.count)
        switch size {
        case "inf", "infinity", "INF", "INFINITY": return sign + "INFINITY"
        default: return !size.isEmpty && size.utf8.allSatisfy(\.isDigit) ? text : nil
        }
    }

    /// The two words that older configurations use.
    static func word(_ text: String) -> String? {
        switch text.lowercased() {
        case "advisory": "0"
        case "mandatory": "INFINITY"
        default: nil
        }
    }
}
