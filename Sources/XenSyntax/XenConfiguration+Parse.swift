public import Diagnostics

extension XenConfiguration {
    /// How deep lists may nest. xl.cfg(5) itself needs two.
    public static let deepestNesting = 16

    /// Reads a whole file. Always gives a configuration; it is what the file says only when there are no errors
    /// among the findings (at most 100 are reported).
    public static func parse(_ source: SourceText) -> (configuration: XenConfiguration, findings: [Finding]) {
        if let finding = source.refusal(beyond: Bounds.file) { return (XenConfiguration(), [finding]) }
        var parser = Parser(source)
        let configuration = XenConfiguration(parser.assignments())
        return (configuration, parser.findings + configuration.contradictions(in: source))
    }

    /// Keys that are set twice, and additions of a list to a text or the reverse.
    private func contradictions(in source: SourceText) -> [Finding] {
        var report = Report()
        var values: [String: Value] = [:]
        for assignment in assignments {
            let place = { source.place(of: assignment.origin) }
            if let before = values[assignment.key] {
                switch assignment.operator {
                case .set: report.add(.repeated(assignment.key, at: place()))
                case .add where before.isList != assignment.value.isList:
                    report.add(.mixed(assignment.key, isList: before.isList, at: place()))
                case .add: continue
                }
            }
            values[assignment.key] = assignment.value
        }
        return report.findings
    }
}

extension Finding {
    fileprivate static func repeated(_ key: String, at place: Place) -> Finding {
        .warning(
            "\(key) is set before: only this one counts", at: place,
            remedy: "remove one, or write += to add to it")
    }

    fileprivate static func mixed(_ key: String, isList: Bool, at place: Place) -> Finding {
        .error(
            "xl can't add a list to a text, or a text to a list", at: place,
            expected: isList ? "a list, as \(key) has one before" : "a text, as \(key) has one before")
    }
}

extension XenConfiguration.Value {
    var isList: Bool {
        if case .list = self { true } else { false }
    }
}
