internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Dates in rules.
enum DateRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.subjects.flatMap { declaration in
            var findings: [Finding] = []
            declaration.object.element.walk { element in
                switch element.name {
                case "date_expression": findings += unreadable(element, declaration)
                case "date_spec": findings += outOfRange(element, declaration)
                default: break
                }
            }
            return findings
        }
    }

    /// "'2030-13-99' is not a valid ISO 8601 date/time specification because '13' is not a valid month" (crm_verify)
    private static func unreadable(_ expression: Element, _ declaration: Declaration) -> [Finding] {
        [expression["start"], expression["end"]].compactMap(\.self).filter { !DateText.isReadable($0) }.map { date in
            Finding(
                .unreadableDate, "there is no date \"\(date)\"", at: declaration.place(of: date),
                expected: "a date and perhaps a time, such as 2030-01-31 or \"2030-01-31 18:00\"")
        }
    }

    /// "Date Specifications" (Pacemaker Explained); of years all are allowed.
    private static let ranges = [
        "seconds": 0...59, "minutes": 0...59, "hours": 0...23, "monthdays": 1...31, "weekdays": 1...7, "yeardays": 1...366, "yearsdays": 1...366,
        "months": 1...12, "weeks": 1...53, "moon": 0...7,
    ]

    private static func outOfRange(_ specification: Element, _ declaration: Declaration) -> [Finding] {
        specification.attributes.compactMap { attribute in
            guard let range = ranges[attribute.name], !isWithin(range, attribute.value) else { return nil }
            return Finding(
                .unreadableDate, "\(attribute.name) can't be \"\(attribute.value)\"",
                at: declaration.valuePlace(attribute.value, of: attribute.name) ?? declaration.place(of: attribute.name),
                expected: "a number from \(range.lowerBound) to \(range.upperBound), or two with a - between them")
        }
    }

    private static func isWithin(_ range: ClosedRange<Int>, _ text: String) -> Bool {
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.contains(where: { !$0.isEmpty }) else { return false }
        return ends.allSatisfy { $0.isEmpty || Int($0).map(range.contains) == true }
    }
}
