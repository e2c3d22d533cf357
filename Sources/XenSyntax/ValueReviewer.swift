internal import Catalogue
internal import Diagnostics

/// What a key is set to, against what xl makes of it.
struct ValueReviewer {
    let assignment: XenConfiguration.Assignment
    let source: SourceText
    /// Of a word that += adds to, what comes of it.
    var sum: String?

    func review(into report: inout Report) {
        guard let form = Keys.form(of: assignment.key) else { return }
        if let finding = kind(form) { return report.add(finding) }
        let texts = assignment.value.texts ?? (assignment.key.hasPrefix("cpu") ? assignment.value.text.map { [$0] } : nil) ?? []
        for (index, text) in texts.enumerated() where !report.isFull(of: .warning) {
            for objection in objections(to: text) { report.add(objection.finding(in: assignment, at: index, of: source)) }
        }
    }

    private func objections(to text: String) -> [Objection] {
        switch assignment.key {
        case "disk":
            disk(XenDisk(text))
        case "vif": XenInterface(text).objections
        case "vfb": XenFramebuffer(text).objections
        case "pci": XenPCIDevice(text).objection.map { [Self.device($0)] } ?? []
        case let list where DeviceForm.all[list] != nil: DeviceForm.all[list]?.objections(to: text, in: list) ?? []
        case let list: TextForm.objection(to: text, in: list).map { [$0] } ?? []
        }
    }

    private func disk(_ disk: XenDisk) -> [Objection] {
        if let objection = disk.objection {
            return [.unreadable(objection.part, "xl refuses this disk: \(objection.message)", remedy: "see xl-disk-configuration(5)")]
        }
        guard let device = disk.device, VirtualDisk(device) == nil else { return [] }
        return [.refused(device, "xl refuses the device \(device) in the domU", expected: "xvda to xvdz and on, hda to hdd, or sda to sdp")]
    }

    private static func device(_ part: String) -> Objection {
        .refused(
            part, "xl refuses \(part) in a PCI device",
            expected: XenPCIDevice.flags.contains(part[...]) ? "\(part)=1" : "[DDDD:]BB:DD.F, with options of xl-pci-configuration(5)")
    }
}

// MARK: The kind of a value

extension ValueReviewer {
    private func kind(_ form: Keys.Form) -> Finding? {
        switch (form, assignment.value) {
        case (.text, .text(let text)) where assignment.key == "rdm": reservation(sum ?? text)
        case (.textOrList, _), (.text, .text): nil
        case (.list, .list(let values)): Keys.nested.contains(assignment.key) ? flat(values) : nested(values)
        case (.list, .text): passed("xl wants a list after \(assignment.key)", "a list: [ … ]")
        case (_, .list): passed("xl wants no list after \(assignment.key)", "a single value")
        case (.number, .text(let text)): number(text)
        case (.word(let words), .text(let text)): isWord(sum ?? text, words) ? nil : refused(sum ?? text, words)
        case (.name(let names), .text(let text)): names.contains((sum ?? text).lowercased()) ? nil : refused(sum ?? text, names)
        case (.nameOrFlag(let names), .text(let text)):
            names.contains((sum ?? text).lowercased()) || assignment.value.number != nil ? nil : refused(sum ?? text, names)
        case (.nameOrNumber(let names), .text(let text)):
            names.contains((sum ?? text).lowercased()) || assignment.value.number.map(names.indices.contains) == true
                ? nil : refused(sum ?? text, names)
        }
    }

    private func number(_ text: String) -> Finding? {
        if assignment.operator == .add { return passed("xl adds no numbers", "\(assignment.key) = NUMBER") }
        if let number = assignment.value.number { return Keys.bounds[assignment.key].flatMap { bound($0, number) } }
        return passed("\"\(text)\" is no number", advice(text) ?? "a number")
    }

    private func bound(_ bounds: ClosedRange<Int>, _ number: Int) -> Finding? {
        guard !bounds.contains(number) else { return nil }
        return Finding(
            .refusedKeyValue, "xl refuses \(number) for \(assignment.key)", at: source.place(assignment.valueOrigin.range),
            expected: "\(bounds.lowerBound) to \(bounds.upperBound)")
    }

    /// `memory=MBYTES` (xl.cfg(5)): a number has no unit.
    private func advice(_ text: String) -> String? {
        if let number = Keys.flags[text.lowercased()] { return number }
        guard Keys.inMebibytes.contains(assignment.key), let match = text.wholeMatch(of: /([0-9]+) ?([MmGgTt])(i?[Bb])?/),
            let number = Int(match.1)
        else { return nil }
        let shift = match.2.lowercased() == "m" ? 0 : match.2.lowercased() == "g" ? 10 : 20
        return number < 1 << 32 ? "\(number << shift): xl counts in MiB" : nil
    }

    /// `strncmp(buf, "hvm", strlen(buf))` (xl_parse.c): xl takes the beginning of a type for the whole.
    private func isWord(_ text: String, _ words: [String]) -> Bool {
        words.contains(text) || ["type", "builder"].contains(assignment.key) && words.contains { $0.hasPrefix(text) }
    }

    private func nested(_ values: [XenConfiguration.Value]) -> Finding? {
        guard let index = values.firstIndex(where: \.isList) else { return nil }
        return Finding(
            .ignoredKeyValue, "xl reads \(assignment.key) no further than to a list within it",
            at: source.place(assignment.valueOrigin.range),
            expected: index == 0 ? "texts in one pair of [ ]" : "texts only")
    }

    /// "cannot get vnode config option list", "Failed to get vsnd card list" (xl)
    private func flat(_ values: [XenConfiguration.Value]) -> Finding? {
        guard let index = values.firstIndex(where: { !$0.isList }) else { return nil }
        return Finding(
            .refusedKeyValue, "xl wants lists within \(assignment.key), and refuses a text",
            at: source.place(assignment.valueOrigin.range(of: index)), expected: "\(assignment.key) = [ [ \"…\", \"…\" ] ]")
    }

    /// `RDM_RESERVATION_STRING` (xl.cfg(5)): xl says "Unknown RDM strategy option", and goes on.
    private func reservation(_ text: String) -> Finding? {
        let words = ["strategy": ["host"], "policy": ["strict", "relaxed"]]
        var rest = text[...]
        while let sign = rest.firstIndex(of: "=") {
            let (key, value) = (String(rest[..<sign]), rest[sign...].dropFirst().prefix { $0 != "," })
            guard words[key]?.contains(String(value)) == true else {
                let part = words[key] == nil ? key : "\(key)=\(value)"
                return Finding(
                    .ignoredKeyValue, "xl knows no \"\(part)\" in rdm: it goes on as if rdm were not there",
                    at: assignment.place(of: part, in: source), expected: "strategy=host, with policy=strict or policy=relaxed")
            }
            rest = rest[value.endIndex...].dropFirst()
        }
        return nil
    }

    private func passed(_ message: String, _ expected: String) -> Finding {
        let place = source.place(assignment.valueOrigin.range)
        return Keys.strict.contains(assignment.key)
            ? Finding(.refusedKeyValue, "\(message), and refuses the file", at: place, expected: expected)
            : Finding(.ignoredKeyValue, "\(message): it goes on as if \(assignment.key) were not there", at: place, expected: expected)
    }

    private func refused(_ text: String, _ words: [String]) -> Finding {
        Finding(
            .refusedKeyValue, "xl knows no \(assignment.key) \"\(text)\"", at: assignment.place(of: text, in: source),
            expected: words.joined(separator: ", "), remedy: didYouMean(text, among: words))
    }
}
