public import Diagnostics

/// What `validate --output json` prints.
public struct FindingsDocument: Codable, Hashable, Sendable {
    public var version = 1
    var findings: [Entry]

    struct Entry: Codable, Hashable, Sendable {
        /// The rule's, for `coxswain explain`.
        var code: String?
        var severity, message: String
        var file: String?
        var line, column: Int?
        var expected, remedy: String?
    }

    public init(_ findings: [Finding]) {
        self.findings = findings.map {
            Entry(
                code: $0.code, severity: $0.severity.rawValue, message: $0.message, file: $0.place?.file, line: $0.place?.line,
                column: $0.place?.column, expected: $0.expected, remedy: $0.remedy)
        }
    }

    public var json: String { JSON.text(self) }
}
