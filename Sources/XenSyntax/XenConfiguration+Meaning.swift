extension XenConfiguration {
    /// Whether xl would read the same from both. Quotes, layout, comments and the order of keys make no
    /// difference; the order within a list does. What xl reads as a number compares as one: `0x200` is `512`; `builder = "hvm"`
    /// is `type = "hvm"`, and what xl ignores counts for nothing.
    public func isEquivalent(to other: XenConfiguration) -> Bool {
        self == other || meaning == other.meaning
    }

    /// The keys that xl would read something else from, in the order of their names.
    public func settings(differingFrom other: XenConfiguration) -> [String] {
        let (own, others) = (meaning, other.meaning)
        return Set(own.keys).union(others.keys).filter { own[$0] != others[$0] }.sorted()
    }

    private enum Meaning: Hashable {
        case number(Int)
        case value(Value)
        /// "can't use += with numbers" (libxlu_cfg.c): xl goes on as if the key were not there, whatever comes of the addition.
        case added(Value)
    }

    private var meaning: [String: Meaning] {
        let effective = withoutFormerSpellings
        let added = effective.added
        return effective.settings.reduce(into: [:]) { meaning, setting in
            let (key, value) = setting
            switch Keys.form(of: key) {
            case .number where added.contains(key), .nameOrNumber where added.contains(key) && value.number != nil:
                meaning[key] = .added(value)
            case .number: meaning[key] = value.number.map { .number($0) } ?? .value(value)
            case .nameOrNumber(let names): meaning[key] = .value(value.named(among: names))
            default: meaning[key] = .value(value.canonical(for: key))
            }
        }
    }

    /// The keys whose last assignment adds.
    private var added: Set<String> {
        assignments.reduce(into: []) { added, assignment in
            switch assignment.operator {
            case .add: added.insert(assignment.key)
            case .set: added.remove(assignment.key)
            }
        }
    }

    /// The former spellings are as good as the present ones, where these are not there too.
    private var withoutFormerSpellings: XenConfiguration {
        let settings = settings
        let kind = kind
        let type = kind.map { Assignment("type", .set, .text($0.rawValue)) }
        let stdvga = added.contains("stdvga") || settings["vga"] != nil ? nil : settings["stdvga"]?.number
        return XenConfiguration(
            assignments.compactMap { assignment in
                if isIgnored(assignment.key, settings, kind) { return nil }
                switch assignment.key {
                case "type": return type ?? assignment
                case "builder" where settings["type"]?.text == nil: return type ?? assignment
                case "stdvga" where stdvga.map { $0 != 0 } ?? false: return Assignment("vga", .set, .text("stdvga"))
                default: return assignment
                }
            })
    }

    /// Whether `kernel` only names the firmware of an HVM domU, which xl passes over.
    public var loadsHVMLoader: Bool { kind == .hvm && self["kernel"]?.isHVMLoader == true }

    var kind: XenDomain.Kind? { XenDomain.kind(type: self["type"]?.text, builder: self["builder"]?.text) }

    /// Whether xl reads a key and lets it count for nothing beside the others.
    private func isIgnored(_ key: String, _ settings: [String: Value], _ kind: XenDomain.Kind?) -> Bool {
        switch key {
        case "device_model", "vncviewer": true
        case "kernel": kind == .hvm && settings["kernel"]?.isHVMLoader == true
        // Were they of two minds, xl would refuse.
        case "builder":
            settings["type"]?.text != nil && kind != nil && kind == XenDomain.kind(type: nil, builder: settings["builder"]?.text)
        case "stdvga": settings["vga"]?.text != nil
        default: false
        }
    }
}

extension XenConfiguration.Value {
    /// "you seem to be using "kernel" directive to override HVM guest firmware. Ignore that." (xl)
    var isHVMLoader: Bool { text?.split(separator: "/", omittingEmptySubsequences: false).last == "hvmloader" }
}

extension XenConfiguration.Value {
    /// The name that a number stands for, in lower case.
    fileprivate func named(among names: [String]) -> Self {
        if let number, names.indices.contains(number) { return .text(names[number]) }
        return text.map { .text($0.lowercased()) } ?? self
    }

    fileprivate func canonical(for key: String) -> Self {
        switch (key, self) {
        case ("bootloader_args", .text(let text)): .list(Self.arguments(text))
        case ("uuid", .text(let text)): .text(text.lowercased())
        case ("disk", .list(let values)): .list(values.map { value in value.text.map { .text(XenDisk($0).meaning) } ?? value })
        case ("pci", .list(let values)): .list(values.map { value in value.text.map { .text(XenPCIDevice($0).meaning) } ?? value })
        case ("vif", .list(let values)):
            .list(values.map { value in value.text.map { .text(XenInterface($0).meaning) } ?? value })
        case ("vfb", .list(let values)):
            .list(values.map { value in value.text.map { .text(DeviceParameters($0).description) } ?? value })
        default: self
        }
    }

    /// "if the argument is a simple string then it will be split into words at whitespace" (xl.cfg(5))
    static func arguments(_ text: String) -> [Self] {
        text.unicodeScalars.split { " \t\n".unicodeScalars.contains($0) }.map { .text(String($0)) }
    }
}
