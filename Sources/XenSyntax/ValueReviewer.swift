internal import Catalogue
internal import Diagnostics

/// What a key is set to, against what xl makes of it.
struct ValueReviewer {
    let assignment: XenConfiguration.Assignment
    let source: SourceText

    var findings: [Finding] {
        guard let form = Keys.form(of: assignment.key) else { return [] }
        if let finding = kind(form) { return [finding] }
        let texts = assignment.value.texts ?? []
        switch assignment.key {
        case "disk": return texts.compactMap(disk)
        case "vif": return texts.flatMap(interface)
        case "vfb": return texts.flatMap(framebuffer)
        case "pci": return texts.compactMap(device)
        default: return []
        }
    }

    private func kind(_ form: Keys.Form) -> Finding? {
        switch (form, assignment.value) {
        case (.list, .text(let text)):
            return passed(over: text, "xl wants a list after \(assignment.key), and passes over a text", "a list: [ … ]")
        case (.number, .list), (.text, .list), (.word, .list), (.wordOrNumber, .list):
            return passed(over: "[", "xl wants no list after \(assignment.key), and passes over it", "a single value")
        case (.number, .text(let text)):
            guard assignment.value.number == nil || assignment.operator == .add else { return nil }
            return passed(over: text, "\(text) is no number, and xl goes on as if \(assignment.key) were not there", "a number")
        case (.word(let words), .text(let text)):
            // "strncmp(buf, "hvm", strlen(buf))": xl takes the beginning of a type for the whole.
            let isBeginning = ["type", "builder"].contains(assignment.key) && words.contains { $0.hasPrefix(text) }
            return words.contains(text) || isBeginning ? nil : refused(text, words)
        case (.wordOrNumber(let words), .text(let text)):
            return words.contains(text) || assignment.value.number != nil ? nil : refused(text, words)
        case (.text, .text), (.list, .list), (.textOrList, _): return nil
        }
    }

    private func disk(_ specification: String) -> Finding? {
        XenDisk(specification).objection.map { objection in
            Finding(
                .refusedKeyValue, "xl refuses this disk: \(objection.message)", at: place(of: objection.part, within: specification),
                remedy: "see xl-disk-configuration(5)")
        }
    }

    private func interface(_ specification: String) -> [Finding] {
        XenInterface(specification).objections.map { part, expected in
            Finding(
                .refusedKeyValue, "xl refuses \(part) in a network interface", at: place(of: part, within: specification),
                expected: expected)
        }
    }

    private func framebuffer(_ specification: String) -> [Finding] {
        XenFramebuffer(specification).unknownKeys.map { key in
            Finding(
                .ignoredKeyValue, "xl passes over \(key) in a vfb", at: place(of: key, within: specification),
                expected: nearest(to: key, among: XenFramebuffer.keys) ?? XenFramebuffer.keys.joined(separator: ", "))
        }
    }

    private func device(_ specification: String) -> Finding? {
        XenPCIDevice(specification).objection.map { part in
            Finding(
                .refusedKeyValue, "xl refuses \(part) in a PCI device", at: place(of: part, within: specification),
                expected: "[DDDD:]BB:DD.F, with options of xl-pci-configuration(5)")
        }
    }
}

extension ValueReviewer {
    private func passed(over text: String, _ message: String, _ expected: String) -> Finding {
        Finding(.ignoredKeyValue, message, at: place(of: text), expected: expected)
    }

    private func refused(_ text: String, _ words: [String]) -> Finding {
        Finding(
            .refusedKeyValue, "xl knows no \(assignment.key) \"\(text)\"", at: place(of: text), expected: words.joined(separator: ", "),
            remedy: didYouMean(text, among: words))
    }

    /// The place of a text after the key, or that of the key.
    private func place(of text: String) -> Place {
        let end = assignment.origin.range.upperBound
        return source.range(of: text, from: end).map(source.place) ?? source.place(of: assignment.origin)
    }

    private func place(of part: String, within specification: String) -> Place {
        guard let whole = source.range(of: specification, from: assignment.origin.range.upperBound), !part.isEmpty,
            let range = source.range(of: part, from: whole.lowerBound), range.upperBound <= whole.upperBound
        else { return place(of: specification) }
        return source.place(range)
    }
}
