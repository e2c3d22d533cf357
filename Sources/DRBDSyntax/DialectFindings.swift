internal import Catalogue
public import Diagnostics

extension DRBDConfiguration {
    /// What no drbdadm reads, or that of one generation refuses; what DRBD 8 wrote and the manual of 9 no longer mentions; and what
    /// competes with Pacemaker. An error is what keeps every drbdadm from reading the file.
    public func dialectFindings(in source: SourceText) -> [Finding] {
        var reviewer = Reviewer(source: source, self)
        reviewer.review(statements, in: .file)
        return reviewer.refusals.findings(knowing: knownWords)
    }
}

struct Reviewer {
    typealias Statement = DRBDConfiguration.Statement

    let source: SourceText
    /// A file of 8.3 has to keep its spellings: `allow-two-primaries yes` is a parse error there.
    let is83: Bool
    let dialects: Dialects
    /// What `common` says in this file.
    let common: [Statement]
    private(set) var refusals = Refusals()

    init(source: SourceText, _ configuration: DRBDConfiguration) {
        self.source = source
        is83 = configuration.keepsFormerSpelling
        dialects = configuration.dialects
        common = configuration.statements.sections("common").flatMap { $0.body ?? [] }
    }

    mutating func review(_ statements: [Statement], in section: Section) {
        guard section != .plugin, section != .unknown else { return }
        for statement in statements where !refusals.isFull {
            if let body = statement.body { review(statement, body, in: section) } else { reviewParameter(statement, in: section) }
        }
        reviewRepetition(statements, in: section)
    }

    private mutating func review(_ statement: Statement, _ body: [Statement], in section: Section) {
        // In quotes it is a name, which a plugin alone may have.
        guard !statement.keyword.isQuoted || section == .proxy, let (inner, dialects) = section.section(statement.keyword.text) else {
            return reportUnknown(statement, in: section)
        }
        if inner == .syncer {
            reviewSyncer(statement, body)
        } else if !dialects.contains(.v9) {
            reportRetired(statement, known: dialects)
        } else if let (index, expected) = Section.objection(to: statement.arguments.map(\.text), of: statement.keyword.text) {
            reportValue(statement, index, expected, by: .all)
        }
        review(body, in: inner)
        switch inner {
        case .proxyOnHost: reviewProxy(statement, body)
        case .resource:
            reviewResource(statement, body)
            reviewAmbiguity(body, of: ["net", "disk"])
        case .common: reviewAmbiguity(body, of: ["net", "disk", "startup", "handlers", "options"])
        case .volume: reviewAmbiguity(body, of: ["disk"])
        case .connection: reviewAmbiguity(body, of: ["disk"])
        case .connectionMesh: reviewAmbiguity(body, of: ["net"])
        default: break
        }
    }

    private mutating func reviewProxy(_ statement: Statement, _ body: [Statement]) {
        if statement.keyword.text == "proxy" { reviewWords(of: statement, from: 1) }
        for keyword in ["inside", "outside"] where body.parameter(keyword) == nil {
            report(.incompleteResource, "the proxy has no \(keyword)", statement.keywordPlace(in: source), "write \(keyword) IP:PORT;", by: .all)
        }
    }

    private mutating func reviewSyncer(_ section: Statement, _ body: [Statement]) {
        let moves = body.compactMap { Successors.ofSyncer[$0.keyword.text] }
        let remedy = moves.isEmpty ? Rule.formerSection.remedy : "for DRBD 8.4 and 9 write " + moves.joined(separator: ", ")
        report(
            .formerSection, "the syncer section of DRBD 8.3", source.place(of: section.origin), remedy,
            by: .all.subtracting(Evidence.dialects(of: body, in: .syncer)))
    }

    private mutating func reviewParameter(_ statement: Statement, in section: Section) {
        if section == .handlers { reviewHandler(statement) }
        guard let parameter = section.parameter(statement.keyword.text) else { return reportUnknown(statement, in: section) }
        if let (objection, refusers) = parameter.refusal(of: statement.arguments, in: dialects) {
            reportValue(statement, objection.index, objection.expected, by: refusers)
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
                "when the hosts run DRBD 9: move it to the net section", by: .v9)
        case (.resource, "protocol"), (.common, "protocol"):
            report(
                .formerPlace, "protocol stands in net since DRBD 8.4", source.place(of: statement.origin),
                whenNew("write net { \(statement.words); }"))
        case (.proxy, let keyword) where Parameter.idleInProxy.contains(where: { $0.name == keyword }):
            report(
                .retiredParameter, "DRBD 8.4 alone takes \(keyword) in proxy, and does nothing with it", statement.keywordPlace(in: source),
                "move it to the section that it is meant for", by: .all.subtracting(.v84))
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
                by: .all.subtracting(parameter.dialects),
                fix: isRead ? TextEdit(file: source.path, range: statement.origin.range, replacement: successor) : nil)
        } else if !parameter.dialects.contains(.v9) {
            reportRetired(statement, known: parameter.dialects)
        }
    }
}

extension Reviewer {
    /// Advice that 8.3 could not follow.
    private func whenNew(_ remedy: String) -> String { is83 ? "when the hosts run DRBD 8.4 or 9: \(remedy)" : remedy }

    /// - Parameter refusers: the generations whose drbdadm takes no such file.
    mutating func report(
        _ rule: Rule, _ message: String, _ place: Place, _ remedy: String? = nil, by refusers: Dialects = [], fix: TextEdit? = nil,
        severity: Finding.Severity? = nil
    ) {
        var finding = Finding(rule, message, at: place, remedy: remedy ?? rule.remedy, fix: fix)
        finding.severity = severity ?? rule.severity
        refusals.add(finding, by: refusers)
    }

    private mutating func reportRetired(_ statement: Statement, known dialects: Dialects) {
        report(
            .retiredParameter, "DRBD 9 has no \(statement.keyword) any more", statement.keywordPlace(in: source),
            by: .all.subtracting(dialects))
    }

    mutating func reportValue(_ statement: Statement, _ index: Int?, _ expected: String, by refusers: Dialects) {
        let value = index.flatMap { statement.arguments.indices.contains($0) ? statement.arguments[$0] : nil }
        let message = value.map { "drbdadm refuses \($0) after \(statement.keyword)" } ?? "a value is missing after \(statement.keyword)"
        refusals.add(Finding(.refusedValue, message, at: statement.place(ofArgument: index, in: source), expected: expected), by: refusers)
    }

    private mutating func reportUnknown(_ statement: Statement, in section: Section) {
        let word = statement.keyword.text
        let known = section.parameterNames + section.sectionKeywords
        let elsewhere = Section.homes(of: word)
        let remedy =
            nearest(to: word, among: known).map { "did you mean \"\($0)\"?" }
            ?? (elsewhere.isEmpty ? nil : "it stands in \(elsewhere.joined(separator: " or "))")
        report(
            .unknownStatement, "drbdadm up to 9.22 knows no \(statement.keyword) \(section.here)", statement.keywordPlace(in: source), remedy,
            by: .all)
    }

    /// "ambiguous inheritance for option" (drbdadm): what others inherit, 9 takes once, unless it says the same again.
    private mutating func reviewAmbiguity(_ body: [Statement], of sections: [String]) {
        for section in sections {
            var values: [String: Meaning] = [:]
            // 9 takes a protocol outside of net for one in it.
            let outside = section == "net" ? body.filter { $0.keyword.text == "protocol" } : []
            for statement in outside + body.sections(section).flatMap({ $0.body ?? [] }) where statement.body == nil {
                guard let meaning = Meaning(statement, in: section), let first = values.updateValue(meaning, forKey: meaning.words[0]),
                    first != meaning
                else { continue }
                report(
                    .contradictoryResource, "DRBD 9 refuses two values of \(statement.keyword)", source.place(of: statement.origin),
                    "keep one of the two",
                    by: .v9)
            }
        }
    }

    /// "conflicting use of net section" (drbdadm): what stands twice in a resource is refused.
    private mutating func reviewRepetition(_ statements: [Statement], in section: Section) {
        guard let single = Section.single[section] else { return }
        var seen: Set<String> = []
        for statement in statements where statement.body != nil && single.contains(statement.keyword.text) {
            guard !seen.insert(statement.keyword.text).inserted else { continue }
            report(
                .refusedValue, "drbdadm refuses a second \(statement.keyword) section", statement.keywordPlace(in: source),
                "make one of the two", by: .all)
        }
    }
}

extension DRBDConfiguration.Statement {
    fileprivate var words: String { ([keyword] + arguments).map(\.description).joined(separator: " ") }

    func keywordPlace(in source: SourceText) -> Place {
        let start = origin.range.lowerBound
        return source.place(start..<min(origin.range.upperBound, start + keyword.description.utf8.count))
    }

    /// Where an argument stands; the keyword's place for one that is missing.
    func place(ofArgument index: Int?, in source: SourceText) -> Place {
        guard let index, arguments.indices.contains(index) else { return keywordPlace(in: source) }
        var start = origin.range.lowerBound + keyword.description.utf8.count
        for argument in arguments[..<index] { start = source.range(of: argument.text, from: start)?.upperBound ?? start }
        guard let range = source.range(of: arguments[index].text, from: start), range.upperBound <= origin.range.upperBound else {
            return source.place(of: origin)
        }
        return source.place(range)
    }
}
