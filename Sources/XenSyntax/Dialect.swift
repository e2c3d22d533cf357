internal import Catalogue
public import Diagnostics

extension XenConfiguration {
    /// What xl ignores without a word, and what it reads in a former spelling. None of it keeps the file from being read.
    public func dialectFindings(in source: SourceText) -> [Finding] {
        let settings = settings
        let isHVM = XenDomain.kind(type: settings["type"]?.text, builder: settings["builder"]?.text) == .hvm
        var report = Report()
        report.add(contentsOf: contradictions(of: settings, in: source))
        for assignment in assignments where report.findings.count <= Report.bound {
            let place = { source.place(of: assignment.origin) }
            let finding =
                ignored(assignment, isHVM: isHVM, at: place)
                ?? former(assignment, in: source)
                ?? unknown(assignment.key, at: place)
            report.add(contentsOf: finding.map { [$0] } ?? ValueReviewer(assignment: assignment, source: source).findings)
        }
        return report.findings
    }

    /// "Contradicting builder and type options specified", "Domain name must be specified".
    private func contradictions(of settings: [String: Value], in source: SourceText) -> [Finding] {
        var findings: [Finding] = []
        if let type = assignments.last(where: { $0.key == "type" }), let builder = settings["builder"]?.text, let text = type.value.text,
            XenDomain.kind(type: text, builder: nil) != XenDomain.kind(type: nil, builder: builder)
        {
            findings.append(
                Finding(
                    .refusedKeyValue, "type and builder contradict each other", at: source.place(of: type.origin), remedy: "remove builder")
            )
        }
        if !assignments.isEmpty, settings["name"]?.text?.isEmpty ?? true {
            findings.append(Finding(.refusedKeyValue, "the domU has no name", at: source.place(at: 0), remedy: "write name = \"…\""))
        }
        return findings
    }

    private func ignored(_ assignment: Assignment, isHVM: Bool, at place: () -> Place) -> Finding? {
        let key = assignment.key
        if key == "device_model" {
            return Finding(
                .ignoredKey, "xl ignores device_model", at: place(),
                remedy: "remove it; xl knows device_model_version and device_model_override")
        }
        if key == "kernel", isHVM, assignment.value.text?.contains("hvmloader") == true {
            return Finding(
                .ignoredKey, "the firmware of an HVM domU is no kernel", at: place(),
                remedy: "remove it: xl finds hvmloader by itself; firmware_override names another one")
        }
        return Keys.ofXM[key].map { Finding(.ignoredKey, "xl ignores \(key), which xm or a former xl read", at: place(), remedy: $0) }
    }

    /// "builder: This option is deprecated: the type option should be used instead."
    private func former(_ assignment: Assignment, in source: SourceText) -> Finding? {
        let modern: String
        switch (assignment.key, assignment.value.text) {
        case ("builder", "hvm"): modern = "type = \"hvm\""
        case ("builder", "generic"): modern = "type = \"pv\""
        case ("stdvga", "1"): modern = "vga = \"stdvga\""
        default: return nil
        }
        return Finding(
            .formerKey, "\(assignment.key) is a former spelling", at: source.place(of: assignment.origin),
            remedy: "write \(modern)", fix: fix(assignment, modern, in: source))
    }

    /// Only for an assignment that stands alone on its line, and whose new key is not set besides.
    private func fix(_ assignment: Assignment, _ modern: String, in source: SourceText) -> TextEdit? {
        let key = modern.prefix { $0 != " " }
        let start = assignment.origin.range.lowerBound
        guard !assignments.contains(where: { $0.key == key[...] }), start < source.bytes.count else { return nil }
        let end = source.bytes[start...].firstIndex { "\n#;".utf8.contains($0) } ?? source.bytes.count
        let trailing = source.bytes[start..<end].reversed().prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
        return TextEdit(file: source.path, range: start..<end - trailing, replacement: modern)
    }

    /// The list of keys is not complete for every Xen, so only what is nearly a key is taken for a mistake.
    private func unknown(_ key: String, at place: () -> Place) -> Finding? {
        guard !Keys.known.contains(key), let near = nearest(to: key, among: Keys.inOrder) else { return nil }
        return Finding(.unknownKey, "xl does not know \(key), and ignores it", at: place(), remedy: "did you mean \"\(near)\"?")
    }
}
