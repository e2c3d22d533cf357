internal import Catalogue
public import Diagnostics

extension CorosyncConfiguration {
    /// What corosync refuses in a file that it can read, and what it passes over without a word.
    public func review(in source: SourceText) -> [Finding] {
        var reviewer = Reviewer(source)
        reviewer.review(entries, of: .file, at: "")
        var report = Report()
        report.add(contentsOf: reviewer.findings + totemFindings(in: source) + nodeFindings(in: source) + quorumFindings(in: source))
        return report.findings.coded(.corosyncSyntax)
    }
}

/// Goes through all keys of a file.
private struct Reviewer {
    private let source: SourceText
    private var report = Report()

    init(_ source: SourceText) { self.source = source }

    var findings: [Finding] { report.findings }

    /// - Parameters:
    ///   - section: nil within a section that corosync does not know.
    ///   - path: the names of the sections around, as in corosync's map of keys.
    mutating func review(_ entries: [CorosyncConfiguration.Entry], of section: CorosyncSection?, at path: String) {
        var seen: Set<String> = []
        for entry in entries where !report.isFull(of: .error) && !report.isFull(of: .warning) {
            switch entry {
            case .pair(let key, let value, let origin):
                guard canStore(key, at: path, origin) else { continue }
                if !seen.insert(key).inserted { reportRepeated(key, origin) }
                if let section { review(key, value, of: section, at: path, origin) }
            case .section(let name, let inner, let origin):
                let content = section?.sections[name]
                // Pacemaker's former plugin has a rule of its own.
                let isPlugin = path.isEmpty && name == "service" && inner.value("name") == "pacemaker"
                if let section, content == nil, !isPlugin { reportSection(name, in: section, at: path, origin) }
                review(inner, of: content, at: path.isEmpty ? name : "\(path).\(name)")
            }
        }
        reportMissingName(entries, at: path)
    }

    private mutating func review(_ key: String, _ value: String, of section: CorosyncSection, at path: String, _ origin: Origin) {
        guard !key.isEmpty else { return }  // the parser says so
        let kind = section.value(of: key)
        // corosync refuses ring8_addr, and what is no address: the nodes' own review says so.
        let isAddress = path == "nodelist.node" && key.wholeMatch(of: /ring[0-9]+_addr/) != nil
        if isAddress, kind == nil { return }
        if kind == nil || section.former[key] != nil { reportKey(key, in: section, at: path, origin) }
        guard let kind else { return }
        if !kind.allows(value) {
            refuse(key, value, kind, origin)
        } else if kind == .text, !isAddress || value.last == "\r", let remedy = CorosyncValue.trap(in: value) {
            report.add(
                Finding(.ignoredCorosync, "the value of \(key) is \(value), all of it", at: place(value, after: origin), remedy: remedy))
        }
    }

    private mutating func refuse(_ key: String, _ value: String, _ kind: CorosyncValue, _ origin: Origin) {
        let comment = value.firstIndex(of: "#").map { _ in "put the comment on a line of its own" }
        report.add(
            Finding(
                kind.isStrict ? .corosyncSyntax : .ignoredCorosync,
                value.isEmpty ? "\(key) has no value" : "\(key) can't be \"\(value)\"", at: place(value, after: origin),
                expected: kind.expectation, remedy: comment ?? didYouMean(value, among: kind.words)))
    }

    private func place(_ value: String, after origin: Origin) -> Place {
        value.isEmpty ? source.place(of: origin) : source.place(of: value, from: Origin(origin.range.upperBound..<origin.range.upperBound))
    }
}

extension Reviewer {
    private mutating func reportKey(_ key: String, in section: CorosyncSection, at path: String, _ origin: Origin) {
        let whereabouts = path.isEmpty ? " outside of a section" : " in \(path)"
        report(key, "key \"\(key)\"" + whereabouts, among: section.keys.keys.sorted(), in: section, origin)
    }

    private mutating func reportSection(_ name: String, in section: CorosyncSection, at path: String, _ origin: Origin) {
        let whereabouts = path.isEmpty ? "" : " in \(path)"
        report(name, "section \"\(name)\"" + whereabouts, among: section.sections.keys.sorted(), in: section, origin)
    }

    /// What corosync once read, or never.
    private mutating func report(_ name: String, _ what: String, among known: [String], in section: CorosyncSection, _ origin: Origin) {
        let place = source.place(of: origin)
        if let remedy = section.former[name] {
            report.add(Finding(.formerCorosync, "corosync no longer reads \(name)", at: place, remedy: remedy))
        } else {
            let remedy = didYouMean(name, among: known) ?? home(of: name) ?? Rule.ignoredCorosync.remedy
            report.add(Finding(.ignoredCorosync, "corosync knows no \(what)", at: place, remedy: remedy))
        }
    }

    /// `it belongs into quorum { }`
    private func home(of name: String) -> String? {
        CorosyncSection.file.holders(of: name).first.map {
            $0.isEmpty ? "it belongs outside of all sections" : "it belongs into \($0.split(separator: ".").joined(separator: " { ")) { }"
        }
    }

    private mutating func reportRepeated(_ key: String, _ origin: Origin) {
        report.add(
            .warning("\(key) is set twice in one section", at: source.place(of: origin), remedy: "remove one: the last one counts"))
    }

    /// "The subsys entry … is mandatory to identify the subsystem." (corosync.conf(5))
    private mutating func reportMissingName(_ entries: [CorosyncConfiguration.Entry], at path: String) {
        let names = ["logging.logger_subsys": "subsys", "logging.logging_daemon": "name"]
        guard let name = names[path], entries.value(name) == nil, let origin = entries.first?.origin else { return }
        report.add(Finding(.corosyncSyntax, "\(path) without \(name)", at: source.place(of: origin), expected: "\(name): …"))
    }

    /// Keys are kept in one map under their whole path: of letters, digits and ". _ - / :", 3 to 254 of them.
    private mutating func canStore(_ key: String, at path: String, _ origin: Origin) -> Bool {
        let whole = path.isEmpty ? key : "\(path).\(key)"
        guard (3...254).contains(whole.utf8.count), whole.utf8.allSatisfy(\.isInKey) else {
            report.add(
                Finding(
                    .corosyncSyntax, "corosync can't store \"\(whole)\"", at: source.place(of: origin),
                    expected: "3 to 254 letters, digits and . _ - / in the names of a key and its sections"))
            return false
        }
        return true
    }
}

extension CorosyncConfiguration.Entry {
    var origin: Origin {
        switch self {
        case .pair(_, _, let origin), .section(_, _, let origin): origin
        }
    }
}

extension UInt8 {
    fileprivate var isInKey: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "._-/:".utf8.contains(self)
        }
    }
}

extension CorosyncValue {
    /// corosync.conf knows neither quotes nor comments behind a value.
    static func trap(in value: String) -> String? {
        if value.utf8.contains(UInt8(ascii: "\r")) { return "remove the carriage return" }
        if value.utf8.count > 1, let quote = value.first, quote == "\"" || quote == "'", value.last == quote {
            return "remove the quotes: they are part of the value"
        }
        return value.contains(" #") || value.contains("\t#") ? "put the comment on a line of its own" : nil
    }
}
