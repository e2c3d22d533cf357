internal import Catalogue
public import Diagnostics

extension XenConfiguration {
    /// What xl ignores or refuses, and what it reads in a former spelling. None of it keeps the file from being read.
    ///
    /// - Parameters:
    ///   - isWhole: false where parsing left something out, so that nothing can be said to be missing.
    ///   - domain: what the configuration says of its domU, where that is known already.
    public func dialectFindings(in source: SourceText, isWhole: Bool = true, of domain: XenDomain? = nil) -> [Finding] {
        var dialect = Dialect(configuration: self, source: source)
        var report = Report()
        let reviewer = DomainReviewer(configuration: self, source: source, domain: domain ?? self.domain)
        report.add(contentsOf: reviewer.findings(isWhole: isWhole))
        let eachOnce = reviewer.settings.count == assignments.count
        let counting = eachOnce ? [] : self.counting
        let settings = assignments.contains { $0.operator == .add } ? reviewer.settings : [:]
        for (index, assignment) in assignments.enumerated() where !report.isFull(of: .warning) && !report.isFull(of: .notice) {
            if let finding = dialect.finding(assignment) {
                report.add(finding)
            } else if eachOnce || counting.contains(index) {
                ValueReviewer(
                    assignment: assignment, source: source, sum: assignment.operator == .add ? settings[assignment.key]?.text : nil
                ).review(into: &report)
            }
        }
        return report.findings
    }

    /// What stands before the last setting of a key counts for nothing. What is added to a text counts with it: only what comes of it is judged.
    private var counting: Set<Int> {
        var (last, end): ([String: Int], [String: Int]) = ([:], [:])
        for (index, assignment) in assignments.enumerated() {
            if assignment.operator == .set { last[assignment.key] = index }
            end[assignment.key] = index
        }
        return Set(
            assignments.indices.filter { index in
                let assignment = assignments[index]
                return index >= last[assignment.key] ?? 0 && (assignment.value.isList || index == end[assignment.key])
            })
    }
}

/// What is said of a key as such: that it is ignored, former, or unknown.
private struct Dialect {
    let configuration: XenConfiguration
    let source: SourceText
    private let kind: XenDomain.Kind?
    private let type: String?
    private let hasKernel: Bool
    private var unknown: Set<String> = []

    init(configuration: XenConfiguration, source: SourceText) {
        self.configuration = configuration
        self.source = source
        kind = configuration.kind
        type = configuration["type"]?.text
        hasKernel = ["kernel", "bootloader", "firmware"].contains { configuration[$0] != nil }
    }

    mutating func finding(_ assignment: XenConfiguration.Assignment) -> Finding? {
        ignored(assignment) ?? former(assignment) ?? unknown(assignment)
    }

    private func ignored(_ assignment: XenConfiguration.Assignment) -> Finding? {
        switch assignment.key {
        case "device_model":
            ignored(
                assignment, "xl ignores device_model", "remove it; xl knows device_model_version and device_model_override",
                fix: configuration.removing(assignment, in: source))
        case "kernel" where kind == .hvm && assignment.value.isHVMLoader:
            ignored(
                assignment, "the firmware of an HVM domU is no kernel",
                "remove it: xl finds hvmloader by itself; firmware_override names another one",
                fix: configuration.removing(assignment, in: source))
        case "vncviewer":
            ignored(
                assignment, "xl ignores vncviewer", "remove it: xl vncviewer NAME opens one",
                fix: configuration.removing(assignment, in: source))
        case let key where isOfAnotherType(key):
            ignored(assignment, "xl reads \(key) for HVM domUs only", "remove it, or write type = \"hvm\"")
        default:
            Keys.ofXM[assignment.key].map {
                ignored(assignment, "xl ignores \(assignment.key), which xm or a former xl read", $0)
            }
        }
    }

    /// Without a kernel the type is what is missing, not the key too much.
    private func isOfAnotherType(_ key: String) -> Bool {
        kind != nil && kind != .hvm && hasKernel && Keys.ofHVM.contains(key)
    }

    private func ignored(
        _ assignment: XenConfiguration.Assignment, _ message: String, _ remedy: String, fix: TextEdit? = nil
    ) -> Finding {
        Finding(.ignoredKey, message, at: source.place(of: assignment.origin), remedy: remedy, fix: fix)
    }

    /// Each key once.
    private mutating func unknown(_ assignment: XenConfiguration.Assignment) -> Finding? {
        let key = assignment.key
        guard !Keys.known.contains(key), unknown.insert(key).inserted else { return nil }
        return Finding(
            .unknownKey, "xl does not know \(key), and ignores it", at: source.place(of: assignment.origin),
            remedy: didYouMean(key, among: Keys.inOrder) ?? "remove it, or make it a comment")
    }
}

// MARK: Former spellings

extension Dialect {
    private func former(_ assignment: XenConfiguration.Assignment) -> Finding? {
        guard assignment.operator == .set else { return nil }
        if let finding = formerBuilder(assignment) { return finding }
        guard let modern = modern(assignment) else { return nil }
        return Finding(
            .formerKey, "\(assignment.description.prefix(60)) is a former spelling", at: source.place(of: assignment.origin),
            remedy: "write \(modern)", fix: configuration.replacing(assignment, by: modern, in: source))
    }

    /// "Note that the builder option is being deprecated in favor of the type option." (xl.cfg(5))
    private func formerBuilder(_ assignment: XenConfiguration.Assignment) -> Finding? {
        guard assignment.key == "builder", let text = assignment.value.text, let kind = XenDomain.kind(type: nil, builder: text) else {
            return nil
        }
        let modern = "type = \"\(kind.rawValue)\""
        let isRepeated = type.map { XenDomain.kind(type: $0, builder: nil) == kind } ?? false
        return Finding(
            .formerKey, "builder is a former spelling", at: source.place(of: assignment.origin),
            remedy: isRepeated ? "remove it: type says the same" : "write \(modern)",
            fix: isRepeated
                ? configuration.removing(assignment, in: source) : configuration.replacing(assignment, by: modern, in: source))
    }

    private func modern(_ assignment: XenConfiguration.Assignment) -> String? {
        switch (assignment.key, assignment.value.text, assignment.value.number) {
        case ("stdvga", _, let number?) where number != 0: "vga = \"stdvga\""
        // "Specifying this option as a number is deprecated." (xl.cfg(5))
        case ("tsc_mode", _, let number?), ("timer_mode", _, let number?): name(number, of: assignment.key)
        // "if the argument is a simple string then it will be split into words at whitespace (this second option is
        // deprecated)" (xl.cfg(5))
        case ("bootloader_args", let text?, _):
            "bootloader_args = [ \(XenConfiguration.Value.arguments(text).map(\.description).joined(separator: ", ")) ]"
        default: nil
        }
    }

    private func name(_ number: Int, of key: String) -> String? {
        guard case .nameOrNumber(let names) = Keys.form(of: key), names.indices.contains(number) else { return nil }
        return "\(key) = \"\(names[number])\""
    }
}
