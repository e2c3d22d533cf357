internal import Catalogue
public import Diagnostics

extension DRBDConfiguration {
    /// What DRBD 8 wrote and DRBD 9 refuses, or what both read and the manual of 9 no longer mentions; and what competes
    /// with Pacemaker. None of it keeps the file from being read.
    public func dialectFindings(in source: SourceText) -> [Finding] {
        var reviewer = DialectReviewer(source: source, is83: statements.contains(where: \.holdsSyncer))
        reviewer.review(statements, in: "")
        return reviewer.findings
    }
}

private struct DialectReviewer {
    typealias Statement = DRBDConfiguration.Statement

    let source: SourceText
    /// A file of 8.3 has to keep its spellings: `allow-two-primaries yes` is a parse error there.
    let is83: Bool
    private var report = Report()

    init(source: SourceText, is83: Bool) {
        self.source = source
        self.is83 = is83
    }

    var findings: [Finding] { report.findings }

    mutating func review(_ statements: [Statement], in section: String) {
        for statement in statements where !statement.isSkipped {
            if let body = statement.body {
                if statement.keyword.text == "syncer" { reviewSyncer(statement, body) } else { review(body, in: statement.keyword.text) }
            } else {
                reviewParameter(statement, in: section)
            }
        }
    }

    private mutating func reviewSyncer(_ section: Statement, _ body: [Statement]) {
        let moves = body.compactMap { Successors.ofSyncer[$0.keyword.text] }
        let remedy = moves.isEmpty ? Rule.formerSection.remedy : "write " + moves.joined(separator: ", ")
        report.add(
            Finding(.formerSection, "the syncer section of DRBD 8.3", at: source.place(of: section.origin), remedy: remedy))
    }

    private mutating func reviewParameter(_ statement: Statement, in section: String) {
        let keyword = statement.keyword.text
        switch (section, keyword) {
        case ("disk", "fencing"):
            report.add(
                Finding(
                    .formerPlace, "fencing stands in net since DRBD 9", at: source.place(of: statement.origin),
                    remedy: "when the hosts run DRBD 9: move it to the net section"))
        case ("resource", "protocol"), ("common", "protocol"):
            report.add(
                Finding(
                    .formerPlace, "protocol stands in net since DRBD 8.4", at: source.place(of: statement.origin),
                    remedy: "write net { \(statement.words); }"))
        case ("startup", "become-primary-on"):
            report.add(
                Finding(
                    .becomesPrimary, "DRBD's start script would promote, in competition with Pacemaker",
                    at: source.place(of: statement.origin), remedy: Rule.becomesPrimary.remedy))
        default:
            if let successor = Successors.of(statement) { reviewSpelling(statement, successor) }
        }
    }

    private mutating func reviewSpelling(_ statement: Statement, _ successor: String) {
        let fix = TextEdit(file: source.path, range: statement.origin.range, replacement: successor)
        report.add(
            Finding(
                .formerWord, "\(statement.words) is a former spelling", at: source.place(of: statement.origin),
                remedy: "write \"\(successor)\"", fix: is83 ? nil : fix))
    }
}

/// What the spellings of DRBD 8 are now.
private enum Successors {
    static let ofSyncer = [
        "rate": "disk { resync-rate … }", "after": "disk { resync-after … }", "al-extents": "disk { al-extents … }",
        "verify-alg": "net { verify-alg … }", "csums-alg": "net { csums-alg … }", "use-rle": "net { use-rle … }",
        "cpu-mask": "options { cpu-mask … }", "on-no-data-accessible": "options { on-no-data-accessible … }",
        "c-plan-ahead": "disk { c-plan-ahead … }", "c-fill-target": "disk { c-fill-target … }",
        "c-delay-target": "disk { c-delay-target … }", "c-max-rate": "disk { c-max-rate … }",
        "c-min-rate": "disk { c-min-rate … }",
    ]

    private static let renamed = ["flexible-meta-disk": "meta-disk", "outdate-peer": "fence-peer"]

    /// The statement as it is written now; nil where it is.
    static func of(_ statement: DRBDConfiguration.Statement) -> String? {
        let keyword = statement.keyword.text
        if statement.arguments.isEmpty {
            if Meaning.negated.contains(keyword) { return "\(keyword.dropFirst(3)) no" }
            return keyword == "allow-two-primaries" ? "allow-two-primaries yes" : nil
        }
        guard let successor = renamed[keyword] else { return nil }
        return ([successor] + statement.arguments.map(\.description)).joined(separator: " ")
    }
}

extension DRBDConfiguration.Statement {
    fileprivate var holdsSyncer: Bool { keyword.text == "syncer" || body?.contains(where: \.holdsSyncer) == true }

    fileprivate var words: String { ([keyword] + arguments).map(\.description).joined(separator: " ") }
}
