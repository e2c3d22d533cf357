public import Diagnostics
internal import Records

/// What `validate --output json` prints. What there is not, such as the place of a mishap, has no key.
public struct FindingsDocument: Codable, Hashable, Sendable {
    public var version = 1
    /// The worst first.
    var findings: [Entry]

    struct Entry: Codable, Hashable, Sendable {
        /// The rule's, for `coxswain explain`.
        var code: String?
        /// `error`, `warning` or `notice`.
        var severity: String
        var message: String
        /// Relative to the repository's root.
        var file: String?
        /// Counted from 1, in characters, as in the text.
        var line, column, length: Int?
        var expected, remedy: String?
        /// Whether `validate --fix` puts it right.
        var isFixable: Bool
    }

    public init(_ findings: [Finding]) {
        self.findings = findings.map {
            Entry(
                code: $0.code, severity: $0.severity.rawValue, message: $0.message, file: $0.place?.file, line: $0.place?.line,
                column: $0.place?.column, length: $0.place?.length, expected: $0.expected, remedy: $0.remedy, isFixable: $0.fix != nil)
        }
    }

    public var json: String { JSON.text(self) }
}
