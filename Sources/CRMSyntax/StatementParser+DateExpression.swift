internal import XML

extension StatementParser {
    private static let dateOperations = ["lt", "gt", "in", "in_range", "spec", "date_spec"]
    private static let units = DateUnit.known + DateUnit.unknownToCrmsh

    /// `date lt|gt value`, `date in start=… end=…`, `date in start=… hours=…`, `date spec hours=…`
    mutating func dateExpression() throws(Abandoned) -> Element {
        let found = token?.string ?? ""
        guard Self.dateOperations.contains(found) else { throw missing(Self.dateOperations.joined(separator: ", ")) }
        try advance()
        switch found {
        case "lt", "gt":
            let value = try word("a date")
            return Element(
                "date_expression", [.init("operation", found), .init(found == "lt" ? "end" : "start", value)])
        case "in", "in_range": return try range()
        default: return try specification()
        }
    }

    private mutating func range() throws(Abandoned) -> Element {
        var range = Element("date_expression", [.init("operation", "in_range")])
        var duration = Element("duration")
        var bounds: Set<String> = []
        var count = 0
        while let (name, value) = try unit(orBound: true) {
            count += 1
            if name == "start" || name == "end" {
                bounds.insert(name)
                range[name] = value
            } else {
                duration[name] = value
            }
        }
        guard count > 1 else { throw missing("start=… and end=…, or start=… and a duration such as hours=8") }
        if bounds.count < 2 || !duration.attributes.isEmpty { range.children.append(duration) }
        return range
    }

    private mutating func specification() throws(Abandoned) -> Element {
        var specification = Element("date_spec")
        while let (name, value) = try unit(orBound: false) { specification[name] = value }
        guard !specification.attributes.isEmpty else {
            throw missing(Self.units.joined(separator: "=, ") + "=")
        }
        return Element("date_expression", [.init("operation", "date_spec")], children: [specification])
    }

    /// `hours=9-16`; a name alone has an empty value. Nil in front of what belongs to no date.
    private mutating func unit(orBound: Bool) throws(Abandoned) -> (String, String)? {
        guard let token, token.equals != 0 else { return nil }
        let name = token.string(0..<(token.hasEquals ? token.equals : token.text.count))
        guard Self.units.contains(name) || orBound && (name == "start" || name == "end") else { return nil }
        let value = token.hasEquals ? token.string(from: token.equals + 1) : ""
        if token.hasEquals, value.isEmpty { return nil }
        try advance()
        return (name, value)
    }
}

/// The parts of a date or a duration.
enum DateUnit {
    /// crmsh's spelling: its `yearsdays` is `yeardays` in Pacemaker's schema.
    static let known = [
        "hours", "monthdays", "weekdays", "yearsdays", "months", "weeks", "years", "weekyears", "moon",
    ]
    /// In Pacemaker's schema (rule-3.9.rng) alone: crmsh must be given `xml`.
    static let unknownToCrmsh = ["yeardays", "days", "minutes", "seconds"]
}

extension Element {
    /// Whether a date is in it that crmsh can't read.
    var hasUnknownDate: Bool {
        if name == "date_spec" || name == "duration" {
            return attributes.contains { DateUnit.unknownToCrmsh.contains($0.name) }
        }
        return children.contains(where: \.hasUnknownDate)
    }
}
