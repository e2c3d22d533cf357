/// crmsh's short names for the parts of the CIB that permissions are mostly about: `meta:rsc:target-role`.
struct AccessShortcut {
    let word: String
    /// The path, step by step; a later step may be left out.
    let steps: [Step]

    /// A part of a path. `@@` stands for the next part of the word.
    struct Step: ExpressibleByStringLiteral {
        /// What stands before, between and behind the placeholders.
        let parts: [Substring]

        init(stringLiteral text: String) {
            var parts: [Substring] = []
            var rest = text[...]
            while let at = rest.indices.first(where: { rest[$0...].hasPrefix("@@") }) {
                parts.append(rest[..<at])
                rest = rest[at...].dropFirst(2)
            }
            self.parts = parts + [rest]
        }
    }

    static let all = [
        AccessShortcut(word: "meta", steps: ["//primitive[@id='@@']/meta_attributes", "/nvpair[@name='@@']"]),
        AccessShortcut(word: "params", steps: ["//primitive[@id='@@']/instance_attributes", "/nvpair[@name='@@']"]),
        AccessShortcut(word: "utilization", steps: ["//primitive[@id='@@']/utilization"]),
        AccessShortcut(word: "location", steps: ["//rsc_location[@id='cli-prefer-@@' and @rsc='@@']"]),
        AccessShortcut(word: "property", steps: ["//crm_config/cluster_property_set", "/nvpair[@name='@@']"]),
        AccessShortcut(word: "nodeattr", steps: ["//nodes/node/instance_attributes", "/nvpair[@name='@@']"]),
        AccessShortcut(word: "nodeutil", steps: ["//nodes/node/utilization", "[@uname='@@']"]),
        AccessShortcut(word: "node", steps: ["//nodes/node", "[@uname='@@']"]),
        AccessShortcut(word: "status", steps: ["/cib/status"]),
        AccessShortcut(word: "cib", steps: ["/cib"]),
    ]

    static func named(_ word: String) -> AccessShortcut? { all.first { $0.word == word } }

    /// The path for what stands behind the word's colon; nil where the word needs more or less than that.
    func xpath(_ arguments: String?) -> String? {
        var rest = arguments?.split(separator: ":", omittingEmptySubsequences: false)[...] ?? []
        guard !rest.contains("") else { return nil }
        var path = ""
        for (index, step) in steps.enumerated() {
            if !step.hasPlaceholder {
                path += step.filling("")
            } else if let argument = rest.popFirst() {
                path += step.filling(argument)
            } else if index == 0 {
                return nil
            }
        }
        return rest.isEmpty ? path : nil
    }

    var example: String { steps.first?.hasPlaceholder == true ? "\(word):rsc" : word }

    /// The word for a path, if there is one.
    static func text(for path: String) -> String? {
        for shortcut in all {
            if let arguments = shortcut.arguments(of: path), shortcut.xpath(arguments) == path {
                return arguments.map { "\(shortcut.word):\($0)" } ?? shortcut.word
            }
        }
        return nil
    }

    /// Outer nil: the path is another. Inner nil: the word needs nothing behind it.
    private func arguments(of path: String) -> String?? {
        var found: [Substring] = []
        var rest = path[...]
        for step in steps where !rest.isEmpty {
            guard let argument = step.argument(takenFrom: &rest) else { return nil }
            if step.hasPlaceholder { found.append(argument) }
        }
        guard rest.isEmpty else { return nil }
        return .some(found.isEmpty ? nil : found.joined(separator: ":"))
    }
}

extension AccessShortcut.Step {
    fileprivate var hasPlaceholder: Bool { parts.count > 1 }

    fileprivate func filling(_ argument: Substring) -> String { parts.joined(separator: String(argument)) }

    /// What stands for the first placeholder; nil where the text begins otherwise.
    fileprivate func argument(takenFrom text: inout Substring) -> Substring? {
        guard let head = parts.first, text.hasPrefix(head) else { return nil }
        let name = text.dropFirst(head.count).prefix { $0 != "'" && $0 != ":" }
        let whole = filling(name)
        guard text.hasPrefix(whole), !hasPlaceholder || String(name).utf8.isXMLName else { return nil }
        text = text.dropFirst(whole.count)
        return name
    }
}
