/// What xl takes as one text of `cpus`, `cpuid`, `irqs`, `ioports`, `iomem`, `viridian` and `mca_caps` (xl.cfg(5)).
enum TextForm {
    /// Nil for a sound one, and for lists of another kind.
    static func objection(to text: String, in list: String) -> Objection? {
        switch list {
        case "cpus", "cpus_soft":
            text.split(separator: ",").first { !isProcessors($0) }.map {
                .refused($0, "xl refuses \($0) in \(list)", expected: "all, or processors such as 0-3,^1 or nodes:0")
            }
        case "irqs":
            text.wholeMatch(of: /\s*[0-9]+/) == nil ? .refused(text, "xl refuses the interrupt \(text)", expected: "a number") : nil
        case "ioports": ports(text)
        case "iomem":
            text.wholeMatch(of: /\s*(0x)?[0-9a-fA-F]+,\s*(0x)?[0-9a-fA-F]+(@\s*(0x)?[0-9a-fA-F]+)?/) == nil
                ? .refused(text, "xl refuses the memory \(text)", expected: "PAGE,COUNT or PAGE,COUNT@GUESTPAGE, in hexadecimal") : nil
        case "viridian":
            isEnlightenment(text)
                ? nil
                : .refused(
                    text, "xl knows no viridian \"\(text)\"", expected: "defaults, all, or one of \(enlightenments.joined(separator: ", "))"
                )
        // "first word must be "host"" (xl): the list has another form.
        case "cpuid" where !text.contains(":"):
            text.split(separator: ",").first.flatMap {
                $0 == "host" ? nil : .passedOver($0, "xl passes over a cpuid that does not begin with host", expected: "host,…")
            }
        case "mca_caps": text == "lmce" ? nil : .refused(text, "xl knows no capability \"\(text)\"", expected: "lmce")
        default: nil
        }
    }

    /// "all", "0-3", "^1", "nodes:0-3", "^node:1"; not "^all".
    private static func isProcessors(_ text: Substring) -> Bool {
        if text.wholeMatch(of: /(nodes?:)?all/) != nil { return true }
        guard let match = text.wholeMatch(of: /\^?(?:nodes?:)?\s*([0-9]+)(?:-\s*([0-9]+))?/), let first = UInt32(match.1) else {
            return false
        }
        return match.2.map { UInt32($0).map { $0 >= first } ?? false } ?? true
    }

    private static func ports(_ text: String) -> Objection? {
        let match = text.wholeMatch(of: /\s*(?:0x)?([0-9a-fA-F]+)(?:-\s*(?:0x)?([0-9a-fA-F]+))?/)
        if let match, let first = UInt32(match.1, radix: 16), case let last = match.2.map({ UInt32($0, radix: 16) ?? 0 }) ?? first,
            first <= last, last < .max
        {
            return nil
        }
        // "Invalid argument parsing ioport", says xl, and on it goes.
        let isRead = match == nil && text.prefixMatch(of: /\s*(0x)?[0-9a-fA-F]{1,7}[^-0-9a-fA-F]/) != nil
        let (message, expected) = ("\(text) is no range of I/O ports", "ports such as 2f8-2ff, in hexadecimal")
        return isRead ? .passedOver(text, message, expected: expected) : .refused(text, message, expected: expected)
    }

    private static func isEnlightenment(_ text: String) -> Bool {
        text == "all" || text == "defaults" || enlightenments.contains((text.hasPrefix("!") ? text.dropFirst() : text[...]).lowercased())
    }

    private static let enlightenments = [
        "base", "freq", "time_ref_count", "reference_tsc", "hcall_remote_tlb_flush", "apic_assist", "crash_ctl", "synic", "stimer",
        "hcall_ipi", "ex_processor_masks", "no_vp_limit", "cpu_hotplug",
    ]
}
