public import Catalogue
internal import Diagnostics
internal import Records

/// What `explain --output json` prints.
public struct RulesDocument: Encodable, Sendable {
    var version = 1
    /// By code.
    let rules: [Entry]

    struct Entry: Encodable, Sendable {
        let code, severity, title, explanation, look, remedy: String
    }

    public init(_ rules: [Rule]) {
        self.rules = rules.map {
            Entry(
                code: $0.code, severity: $0.severity.rawValue, title: $0.title, explanation: $0.explanation, look: $0.look,
                remedy: $0.remedy)
        }
    }

    public var json: String { JSON.text(self) }
}
