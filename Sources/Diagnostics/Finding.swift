/// One thing that is wrong, or worth a word: what, where, what was expected, and what to do.
public struct Finding: Error, Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
        case error, warning, notice

        public static func < (a: Severity, b: Severity) -> Bool {
            allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
        }
    }

    public var severity: Severity
    /// The stable name of the rule that found it, such as `CXS112`; nil where there is no rule, only a mishap.
    public var code: String?
    /// One sentence without a full stop, lower case: `no resource is named "xps-11"`.
    public var message: String
    public var place: Place?
    /// What would have been right here: `a score, such as inf: or 100:`.
    public var expected: String?
    /// What to do about it: `did you mean "xps-101"?`.
    public var remedy: String?
    /// An edit that puts it right and changes no meaning.
    public var fix: TextEdit?

    public init(
        _ severity: Severity, _ message: String, at place: Place? = nil,
        expected: String? = nil, remedy: String? = nil
    ) {
        self.severity = severity
        // Whoever shows, logs or notes a finding shows no secret of the file that it is about.
        self.message = place.map { $0.concealing(message) } ?? message
        self.place = place
        self.expected = expected.map { expected in place.map { $0.concealing(expected) } ?? expected }
        self.remedy = remedy.map { remedy in place.map { $0.concealing(remedy) } ?? remedy }
    }

    public static func error(
        _ message: String, at place: Place? = nil, expected: String? = nil, remedy: String? = nil
    ) -> Finding {
        Finding(.error, message, at: place, expected: expected, remedy: remedy)
    }

    public static func warning(
        _ message: String, at place: Place? = nil, expected: String? = nil, remedy: String? = nil
    ) -> Finding {
        Finding(.warning, message, at: place, expected: expected, remedy: remedy)
    }
}

/// The worst first, what has no place before the rest, then file by file.
extension Finding: Comparable {
    public static func < (a: Finding, b: Finding) -> Bool {
        guard a.severity == b.severity else { return a.severity < b.severity }
        guard let place = a.place, let other = b.place else { return a.place == nil && b.place != nil }
        return place < other
    }
}

/// Thrown where input is refused whole: every finding, not only the first. Never empty.
public struct Findings: Error, Hashable, Sendable {
    public var all: [Finding]

    public init(_ all: [Finding]) { self.all = all }
}

extension Finding: CustomStringConvertible {
    /// `crm/a.crm:12:5: error[CXS112]: …`, then the line, a caret under what is meant, and the advice.
    public var description: String {
        let title = "\(severity.rawValue)\(code.map { "[\($0)]" } ?? ""): \(message)"
        var lines: [String] = []
        if let place {
            lines.append("\(place.file):\(place.line):\(place.column): \(title)")
            lines.append(contentsOf: place.excerpt)
        } else {
            lines.append(title)
        }
        if let expected { lines.append("    expected: \(expected)") }
        if let remedy { lines.append("    \(remedy)") }
        return lines.joined(separator: "\n")
    }
}

extension Findings: CustomStringConvertible {
    public var description: String { all.map(\.description).joined(separator: "\n") }
}

extension Place {
    private static let widest = 120

    /// The line and a caret under the place; a long line is cut around it, control characters become blanks.
    var excerpt: [String] {
        let (text, column) = surroundings
        if text.utf8.count <= Self.widest, text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) {
            return marked(text, of: text.utf8.count, behind: column - 1)
        }
        let characters = text.map { $0.isPrintable ? $0 : " " }
        let first = max(0, min(column - 1 - Self.widest / 2, characters.count - Self.widest))
        let shown = characters.dropFirst(first).prefix(Self.widest)
        return marked(String(shown), of: shown.count, behind: max(0, column - 1 - first))
    }

    private func marked(_ line: String, of width: Int, behind indent: Int) -> [String] {
        let room = max(1, width - indent)
        let marks = "^" + String(repeating: "~", count: max(0, min(length, room) - 1))
        return ["    " + line, "    " + String(repeating: " ", count: indent) + marks]
    }
}

extension Character {
    /// False for control characters, so that a file can't drive the reader's terminal.
    var isPrintable: Bool {
        unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    }
}
