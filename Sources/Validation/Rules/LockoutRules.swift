internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// What Pacemaker takes, and crmsh 4.4 then can't show: whoever uses it is locked out.
enum LockoutRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.subjects.flatMap { declaration in
            var findings: [Finding] = []
            declaration.object.element.walk { element in
                if let attribute = element.attributeThatBreaksQuotes { findings.append(broken(attribute, of: element, declaration)) }
            }
            return findings + [engine(of: declaration)].compactMap(\.self)
        }
    }

    private static func broken(_ attribute: Element.Attribute, of element: Element, _ declaration: Declaration) -> Finding {
        let value = attribute.value
        let name = element.name == "nvpair" ? element["name"] ?? "" : attribute.name
        return Finding(
            .lockedOut, "\(declaration.object.id.name): crmsh can't read the value \(value), and every \"crm configure\" fails while it is there",
            at: declaration.valuePlace(value, of: name) ?? declaration.place(of: value),
            remedy: "write it without that \\ at its end or in front of a quote, and quotes in pairs")
    }

    /// `KeyError: 'podman'`
    private static func engine(of declaration: Declaration) -> Finding? {
        guard declaration.object.element.name == "bundle",
            let engine = ["podman", "rkt"].first(where: { declaration.object.element.first($0) != nil })
        else { return nil }
        return Finding(
            .lockedOut, "crmsh 4.4 knows no bundle of \(engine): \"crm configure show\" crashes while \(declaration.object.id.name) is there",
            at: declaration.place(of: engine), remedy: "use docker, or other tools than crmsh")
    }
}

extension Element {
    /// A value that crmsh shows, and then does not find the end of.
    fileprivate var attributeThatBreaksQuotes: Attribute? {
        attributes.first { attribute in
            guard attribute.value.utf8.contains(where: \.isSpecial), attribute.name != "id" else { return false }
            return !(isShownBare(attribute.name) ? attribute.value.isWholeWords : attribute.value.survivesQuoting)
        }
    }

    /// What crmsh writes as it is, without quotes around it; descriptions of operations it does not write at all.
    private func isShownBare(_ attribute: String) -> Bool {
        switch (name, attribute) {
        case ("nvpair", "name"), ("op", "description"), ("expression", _), ("rsc_location", "rsc-pattern"), ("node", "uname"),
            ("rsc_ticket", "ticket"):
            true
        default: false
        }
    }
}

extension UInt8 {
    fileprivate var isSpecial: Bool { self == UInt8(ascii: "\\") || self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }
}

extension String {
    /// Between quotes crmsh puts a `\` before each `"`, and none before a `\`; there a `\` takes away the meaning of both.
    fileprivate var survivesQuoting: Bool {
        var isEscaped = false
        for byte in utf8 {
            if byte == UInt8(ascii: "\\") {
                isEscaped.toggle()
            } else if byte == UInt8(ascii: "\""), isEscaped {
                return false  // of the two \ one takes the other's meaning away, and the quote ends the value
            } else {
                isEscaped = false
            }
        }
        return !isEscaped
    }

    /// Whether every quote that is opened is closed, as a shell reads it.
    fileprivate var isWholeWords: Bool {
        var quote: UInt8?
        var isEscaped = false
        for byte in utf8 {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
                isEscaped = true
            } else if byte == quote {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            }
        }
        return quote == nil
    }
}
