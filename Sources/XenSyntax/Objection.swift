internal import Catalogue
internal import Diagnostics

/// What is wrong with one text of a list, such as one of `vif`.
struct Objection: Hashable {
    enum Consequence {
        /// By xl's own parser, of any version.
        case unreadable
        case refused, passedOver, former
    }

    let consequence: Consequence
    /// The words that are wrong; empty where something is missing.
    let part: String
    let message: String
    var expected: String?
    var remedy: String?
    /// What to write for the part: it means the same.
    var successor: String?

    static func unreadable(_ part: some StringProtocol, _ message: String, expected: String? = nil, remedy: String? = nil) -> Objection {
        Objection(consequence: .unreadable, part: String(part), message: message, expected: expected, remedy: remedy)
    }

    static func refused(_ part: some StringProtocol, _ message: String, expected: String? = nil, remedy: String? = nil) -> Objection {
        Objection(consequence: .refused, part: String(part), message: message, expected: expected, remedy: remedy)
    }

    static func passedOver(_ part: some StringProtocol, _ message: String, expected: String? = nil, remedy: String? = nil) -> Objection {
        Objection(consequence: .passedOver, part: String(part), message: message, expected: expected, remedy: remedy)
    }

    static func former(_ part: some StringProtocol, successor: String) -> Objection {
        Objection(
            consequence: .former, part: String(part), message: "\(part) is a former spelling", remedy: "write \(successor)",
            successor: successor)
    }

    /// - Parameters:
    ///   - assignment: the one whose text it is about.
    ///   - index: the number of the text in its list.
    func finding(in assignment: XenConfiguration.Assignment, at index: Int, of source: SourceText) -> Finding {
        let text = assignment.valueOrigin.range(of: index)
        let range = assignment.range(of: part, at: index, in: source)
        // Only where no other part of the text could be meant.
        let isAlone = range.map { source.range(of: part, in: $0.upperBound..<text.upperBound) == nil } ?? false
        let fix = successor.flatMap { successor in
            range.flatMap { isAlone ? TextEdit(file: source.path, range: $0, replacement: successor) : nil }
        }
        var finding = Finding(rule, message, at: source.place(range ?? text), expected: expected, remedy: remedy, fix: fix)
        if consequence == .unreadable { finding.severity = .error }
        return finding
    }

    private var rule: Rule {
        switch consequence {
        case .unreadable, .refused: .refusedKeyValue
        case .passedOver: .ignoredKeyValue
        case .former: .formerKey
        }
    }
}
