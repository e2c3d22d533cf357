public import Catalogue
internal import Diagnostics

/// The catalogue as a page of the manual, in Markdown.
public struct RulePage: CustomStringConvertible {
    private let rules: [Rule]

    public init(_ rules: [Rule] = Rule.all) { self.rules = rules }

    public var description: String {
        (["# Findings\n", Self.preface] + rules.map(section)).joined(separator: "\n")
    }

    private static let preface = """
        What `coxswain validate` looks for. A code stays the same for good; `coxswain explain CODE` shows its entry. An error keeps a commit
        from being applied, a warning or a notice does not.

        """

    private func section(_ rule: Rule) -> String {
        """
        ## \(rule.code): \(rule.title)

        *\(rule.severity.rawValue)* \(rule.explanation)

        - Look at: \(rule.look)
        - Remedy: \(rule.remedy)

        """
    }
}
