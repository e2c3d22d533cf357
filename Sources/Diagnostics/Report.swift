/// What there is to say about one file, up to a bound for each severity: in a file that is not of its kind at all every
/// line would be wrong. Warnings leave no error out.
public struct Report: Sendable {
    public static let bound = 100

    public private(set) var findings: [Finding] = []
    private var counts = Counts()

    public init() {}

    public mutating func add(_ finding: Finding) {
        let count = counts[finding.severity]
        guard count <= Self.bound else { return }
        counts[finding.severity] = count + 1
        findings.append(count < Self.bound ? finding : Self.rest(of: finding))
    }

    public mutating func add(contentsOf more: [Finding]) {
        for finding in more { add(finding) }
    }

    public func isFull(of severity: Finding.Severity) -> Bool { counts[severity] > Self.bound }

    /// Stands in the place of the first one that is left out.
    private static func rest(of finding: Finding) -> Finding {
        Finding(
            finding.severity, "more than \(bound) \(finding.severity.plural) in this file; the rest is not shown",
            at: finding.place, remedy: "put those before it right first")
    }
}

/// How many there are of each severity. A dictionary would do; but each word of each file asks.
private struct Counts {
    private var errors = 0
    private var warnings = 0
    private var notices = 0

    subscript(severity: Finding.Severity) -> Int {
        get {
            switch severity {
            case .error: errors
            case .warning: warnings
            case .notice: notices
            }
        }
        set {
            switch severity {
            case .error: errors = newValue
            case .warning: warnings = newValue
            case .notice: notices = newValue
            }
        }
    }
}

extension Finding.Severity {
    fileprivate var plural: String {
        switch self {
        case .error: "errors"
        case .warning: "warnings"
        case .notice: "notices"
        }
    }
}
