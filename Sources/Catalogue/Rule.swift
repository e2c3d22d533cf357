public import Diagnostics

/// One thing that Coxswain looks for in a repository, under a code that stays the same for good.
public struct Rule: Hashable, Sendable, Identifiable {
    /// `CXS` and three digits. The first says the area: 0 reading, 1 the cluster, 2 storage, 3 DRBD, 4 Xen, 5 the hosts, 6 secrets.
    public let code: String
    public let severity: Finding.Severity
    /// What is wrong, in a few words.
    public let title: String
    /// Why it matters.
    public let explanation: String
    /// Where to look: files, commands, manual pages.
    public let look: String
    /// What to do about it.
    public let remedy: String

    public var id: String { code }

    init(
        _ code: String, _ severity: Finding.Severity, _ title: String,
        because explanation: String, look: String, remedy: String
    ) {
        self.code = code
        self.severity = severity
        self.title = title
        self.explanation = explanation
        self.look = look
        self.remedy = remedy
    }
}

extension Rule {
    /// Every rule, by code.
    public static let all: [Rule] = reading + cluster + verification + agents + storage + drbd + xen + hosts + secrets

    /// - Parameter code: in any case; `112` is short for `CXS112`.
    public init?(code: String) {
        let upper = code.uppercased()
        guard let rule = Self.all.first(where: { $0.code == upper || $0.code.dropFirst(3) == upper }) else { return nil }
        self = rule
    }
}

extension Finding {
    /// What a rule found. The message, the place and the remedy are of the case; the rest is the rule's.
    public init(
        _ rule: Rule, _ message: String, at place: Place? = nil,
        expected: String? = nil, remedy: String? = nil, fix: TextEdit? = nil
    ) {
        self.init(rule.severity, message, at: place, expected: expected, remedy: remedy)
        code = rule.code
        self.fix = fix
    }
}

extension [Finding] {
    /// The same, those without a code under the rule's.
    public func coded(_ rule: Rule) -> [Finding] {
        map { finding in
            var finding = finding
            finding.code = finding.code ?? rule.code
            return finding
        }
    }
}
