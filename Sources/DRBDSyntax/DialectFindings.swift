internal import Catalogue
public import Diagnostics

extension DRBDConfiguration {
    /// What no drbdadm reads, or that of 9 refuses; what DRBD 8 wrote and the manual of 9 no longer mentions; and what competes
    /// with Pacemaker. None of it keeps the file from being read: the words stay as they are.
    public func dialectFindings(in source: SourceText) -> [Finding] {
        var reviewer = Reviewer(source: source, self)
        reviewer.review(statements, in: .file)
        return reviewer.findings
    }
}

private struct Reviewer {
    typealias Statement = DRBDConfiguration.Statement

    let source: SourceText
    /// A file of 8.3 has to keep its spellings: `allow-two-primaries yes` is a parse error there.
    let is83: Bool
    private let dialects: Dialects
    private(set) var findings: [Finding] = []

    init(source: SourceText, _ configuration: DRBDConfiguration) {
        self.source = source
        is83 = configuration.keepsFormerSpelling
        dialects = configuration.dialects
    }

    mutating func review(_ statements: [Statement], in section: Section) {
        guard section != .plugin, section != .unknown else { return }
        for statement in statements where !statement.isSkipped && findings.count < Report.bound {
            if let body = statement.body { review(statement, body, in: section) } else { reviewParameter(statement, in: section) }
        }
        reviewRepetition(statements, in: section)
    }

    private mutating func review(_ statement: Statement, _ body: [Statement], in section: Section) {
        guard let (inner, dialects) = section.section(statement.keyword.text) else { return reportUnknown(statement, in: section) }
        if inner == .syncer {
            reviewSyncer(statement, body)
        } else if !dialects.contains(.v9) {
            report(.retiredParameter, "DRBD 9 has no \(statement.keyword) any more", statement.keywordPlace(in: source))
        } else if let (index, expected) = Section.objection(to: statement.arguments.map(\.text), of: statement.keyword.text) {
            reportValue(statement, index, expected)
        }
        review(body, in: inner)
    }

    private mutating func reviewSyncer(_ section: Statement, _ body: [Statement]) {
        let moves = body.compactMap { Successors.ofSyncer[$0.keyword.text] }
        let remedy = moves.isEmpty ? Rule.formerSection.remedy : "for DRBD 8.4 and 9 write " + moves.joined(separator: ", ")
        report(.formerSection, "the syncer section of DRBD 8.3", source.place(of: section.origin), remedy)
    }

    private mutating func reviewParameter(_ statement: Statement, in section: Section) {
        guard let parameter = section.parameter(statement.keyword.text)?.known(to: dialects) else { return reportUnknown(statement, in: section) }
        if let objection = parameter.objection(to: statement.arguments.map(\.text)) {
            reportValue(statement, objection.index, objection.expected)
        } else if !reviewPlace(statement, in: section), section != .syncer || !parameter.isMoved {
            reviewSpelling(statement, parameter)
        }
    }

    /// - Returns: whether there was something to say.
    private mutating func reviewPlace(_ statement: Statement, in section: Section) -> Bool {
        switch (section, statement.keyword.text) {
        case (.disk, "fencing"):
            report(
                .formerPlace, "fencing stands in net since DRBD 9", source.place(of: statement.origin),
                "when the hosts run DRBD 9: move it to the net section")
        case (.resource, "protocol"), (.common, "protocol"):
            report(
                .formerPlace, "protocol stands in net since DRBD 8.4", source.place(of: statement.origin),
                whenNew("write net { \(statement.words); }"))
        case (.startup, "become-primary-on"):
            report(
                .becomesPrimary, "DRBD's start script would promote, in competition with Pacemaker", source.place(of: statement.origin),
                Rule.becomesPrimary.remedy)
        default: return false
        }
        return true
    }

    private mutating func reviewSpelling(_ statement: Statement, _ parameter: Parameter) {
        if let successor = Successors.of(statement) {
            let isRead = !is83 || Successors.in83.contains(statement.keyword.text)
            report(
                .formerWord, "\(statement.keyword) is a former spelling", source.place(of: statement.origin),
                isRead ? "write \(successor)" : whenNew("write \(successor)"),
                fix: isRead ? TextEdit(file: source.path, range: statement.origin.range, replacement: successor) : nil)
        } else if !parameter.dialects.contains(.v9) {
            report(.retiredParameter, "DRBD 9 has no \(statement.keyword) any more", statement.keywordPlace(in: source))
        }
    }
}

extension Reviewer {
    /// Advice that 8.3 could not follow.
    private func whenNew(_ remedy: String) -> String { is83 ? "when the hosts run DRBD 8.4 or 9: \(remedy)" : remedy }

    private mutating func report(_ rule: Rule, _ message: String, _ place: Place, _ remedy: String? = nil, fix: TextEdit? = nil) {
        findings.append(Finding(rule, message, at: place, remedy: remedy ?? rule.remedy, fix: fix))
    }

    private mutating func reportValue(_ statement: Statement, _ index: Int?, _ expected: String) {
        let value = index.flatMap { statement.arguments.indices.contains($0) ? statement.arguments[$0] : nil }
        let message = value.map { "drbdadm refuses \($0) after \(statement.keyword)" } ?? "a value is missing after \(statement.keyword)"
        findings.append(Finding(.refusedValue, message, at: statement.place(ofArgument: index, in: source), expected: expected))
    }

    private mutating func reportUnknown(_ statement: Statement, in section: Section) {
        let word = statement.keyword.text
        let known = section.parameterNames + section.sectionKeywords
        let elsewhere = Section.homes(of: word)
        let remedy =
            nearest(to: word, among: known).map { "did you mean \"\($0)\"?" }
            ?? (elsewhere.isEmpty ? nil : "it stands in \(elsewhere.joined(separator: " or "))")
        report(.unknownStatement, "drbdadm up to 9.22 knows no \(statement.keyword) \(section.here)", statement.keywordPlace(in: source), remedy)
    }

    /// "conflicting use of net section" (drbdadm): what stands twice in a resource is refused.
    private mutating func reviewRepetition(_ statements: [Statement], in section: Section) {
        guard let single = Section.single[section] else { return }
        var seen: Set<String> = []
        for statement in statements where statement.body != nil && single.contains(statement.keyword.text) {
            guard !seen.insert(statement.keyword.text).inserted else { continue }
            report(
                .refusedValue, "drbdadm refuses a second \(statement.keyword) section", statement.keywordPlace(in: source),
                "make one of the two")
        }
    }
}

extension DRBDConfiguration.Statement {
    fileprivate var words: String { ([keyword] + arguments).map(\.description).joined(separator: " ") }

    fileprivate func keywordPlace(in source: SourceText) -> Place {
        let start = origin.range.lowerBound
        return source.place(start..<min(origin.range.upperBound, start + keyword.description.utf8.count))
    }

    /// Where an argument stands; the keyword's place for one that is missing.
    fileprivate func place(ofArgument index: Int?, in source: SourceText) -> Place {
        guard let index, arguments.indices.contains(index) else { return keywordPlace(in: source) }
        var start = origin.range.lowerBound + keyword.description.utf8.count
        for argument in arguments[..<index] { start = source.range(of: argument.text, from: start)?.upperBound ?? start }
        guard let range = source.range(of: arguments[index].text, from: start), range.upperBound <= origin.range.upperBound else {
            return source.place(of: origin)
        }
        return source.place(range)
    }
}
