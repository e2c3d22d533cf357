public import Diagnostics

/// A file of /etc/default: shell, of which only plain assignments are read. Nothing is run, and nothing is lost: when a
/// value changes, its line changes and no other byte.
public struct ShellVariables: Hashable, Sendable {
    /// Every line as it stands, its break included.
    public private(set) var lines: [Line]

    public struct Line: Hashable, Sendable {
        /// The bytes, break included.
        public let text: String
        public let assignment: Assignment?
        public let origin: Origin
    }

    public struct Assignment: Hashable, Sendable {
        public let name: String
        /// Nil for what only a shell can tell: `$OTHER`, `$(command)`.
        public let value: String?
    }
}

extension ShellVariables {
    /// What a variable has in the end; the last assignment counts. Nil also where only a shell can tell.
    public subscript(name: String) -> String? { lines.last { $0.assignment?.name == name }?.assignment?.value }

    /// Whether a variable is set, if only a shell can tell to what.
    public func sets(_ name: String) -> Bool { lines.contains { $0.assignment?.name == name } }

    /// All variables that are set, in the order of their last assignments.
    public var names: [String] {
        var seen: Set<String> = []
        return lines.reversed().compactMap(\.assignment?.name).filter { seen.insert($0).inserted }.reversed()
    }

    /// Where a variable is set last.
    public func origin(of name: String) -> Origin? { lines.last { $0.assignment?.name == name }?.origin }

    /// The same with one variable set: its last assignment is replaced, or else one is added at the end.
    /// - Parameter name: a name of the shell.
    public func setting(_ name: String, to value: String) -> ShellVariables {
        var text = lines.map(\.text)
        if let index = lines.lastIndex(where: { $0.assignment?.name == name }) {
            let old = lines[index].text
            let export = old.drop { $0 == " " || $0 == "\t" }.hasPrefix("export ") ? "export " : ""
            text[index] = "\(export)\(name)=\(Self.quoted(value))" + (old.hasSuffix("\n") ? "\n" : "")
        } else {
            if let last = text.last, !last.hasSuffix("\n") { text[text.count - 1] = last + "\n" }
            // A line that ends with a backslash takes in what follows.
            if let last = text.last, last.hasSuffix("\\\n") { text[text.count - 1] = last + "\n" }
            text.append("\(name)=\(Self.quoted(value))\n")
        }
        return Self.parse(SourceText(path: "", text: text.joined())).variables
    }

    /// Whether both set the same variables to the same values, whatever else they do.
    public func isEquivalent(to other: ShellVariables) -> Bool { values == other.values && others == other.others }

    private var values: [String: String?] {
        lines.compactMap(\.assignment).reduce(into: [:]) { $0[$1.name] = .some($1.value) }
    }

    /// The lines that are code.
    private var others: [String] {
        lines.filter { ($0.assignment == nil || $0.assignment?.value == nil) && !$0.isEmptyOrComment }.map(\.text)
    }

    /// Bare where the shell takes it so, else in double quotes.
    static func quoted(_ value: String) -> String {
        if !value.isEmpty, value.utf8.allSatisfy(\.isPlain) { return value }
        var result = "\""
        for scalar in value.unicodeScalars {
            if "\"\\$`".unicodeScalars.contains(scalar) { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}

extension ShellVariables.Line {
    var isEmptyOrComment: Bool {
        let first = text.utf8.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") && $0 != UInt8(ascii: "\n") }
        return first == nil || first == UInt8(ascii: "#")
    }
}

extension ShellVariables: CustomStringConvertible {
    /// The text, byte for byte.
    public var description: String { lines.map(\.text).joined() }
}

extension UInt8 {
    /// What no shell takes for anything but itself.
    var isPlain: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "_-./:,@%+=".utf8.contains(self)
        }
    }
}
