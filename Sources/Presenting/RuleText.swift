public import Catalogue
internal import Diagnostics

/// Rules as people read them.
public struct RuleText {
    private let style: Style

    public init(style: Style) { self.style = style }

    /// One rule, whole.
    public func lines(explaining rule: Rule) -> [String] {
        let title = style("\(rule.code)  \(rule.title)", .strong)
        return ["\(title)  (\(rule.severity.rawValue))", ""]
            + wrapped(rule.explanation, indent: "") + [""]
            + wrapped(rule.look, indent: "Look at:  ") + wrapped(rule.remedy, indent: "Remedy:   ")
    }

    /// All of them, a line each.
    public func lines(listing rules: [Rule]) -> [String] {
        rules.map { rule in
            let severity = rule.severity.rawValue
            return "\(style(rule.code, .strong))  \(severity)\(String(repeating: " ", count: 8 - severity.count)) \(rule.title)"
        }
    }

    /// Broken between words; further lines stand below the first one's text.
    private func wrapped(_ text: String, indent: String) -> [String] {
        let width = 100 - indent.count
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines.enumerated().map { ($0 == 0 ? indent : String(repeating: " ", count: indent.count)) + $1 }
    }
}
