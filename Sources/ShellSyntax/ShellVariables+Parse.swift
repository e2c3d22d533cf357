public import Diagnostics

extension ShellVariables {
    /// Reads a whole file. What is no assignment is kept, and reported as a warning (at most 100 are).
    public static func parse(_ source: SourceText) -> (variables: ShellVariables, findings: [Finding]) {
        if let finding = source.refusal(beyond: Bounds.file) { return (ShellVariables(lines: []), [finding]) }
        var reader = Reader(source)
        reader.read()
        return (ShellVariables(lines: reader.lines), reader.findings)
    }
}

private struct Reader {
    private let source: SourceText
    private var position = 0
    private(set) var lines: [ShellVariables.Line] = []
    private var collected = Report()
    private var saidReturn = false

    init(_ source: SourceText) { self.source = source }

    var findings: [Finding] { collected.findings }

    mutating func read() {
        while position < source.bytes.count {
            guard lines.count < Bounds.lines.most else { return keepRest() }
            let start = position
            var words = AssignmentReader(source.bytes, from: start)
            let outcome = words.read()
            position = words.endOfLine
            let range = start..<position
            if case .code(let why) = outcome { report(why, at: range) }
            lines.append(
                ShellVariables.Line(
                    text: String(decoding: source.bytes[range], as: UTF8.self), assignment: outcome.assignment,
                    origin: Origin(range)))
            reportReturn(in: range)
            if outcome.assignment?.value == nil, let name = outcome.assignment?.name {
                report("the value of \(name) is known to a shell only", at: range)
            }
        }
    }

    /// A shell takes it for a letter of the value. Said once.
    private mutating func reportReturn(in range: Range<Int>) {
        let content = source.bytes[range].last == UInt8(ascii: "\n") ? range.dropLast() : range
        guard !saidReturn, lines.last?.assignment != nil else { return }
        guard let last = content.last, source.bytes[last] == UInt8(ascii: "\r") else { return }
        saidReturn = true
        collected.add(
            .warning(
                "a carriage return, which becomes part of the value", at: source.place(last..<last + 1),
                remedy: "end the lines as Unix does"))
    }

    /// Beyond the bound nothing is read, and nothing lost.
    private mutating func keepRest() {
        let range = position..<source.bytes.count
        collected.add(Bounds.lines.finding(at: source.place(range)))
        lines.append(
            ShellVariables.Line(text: String(decoding: source.bytes[range], as: UTF8.self), assignment: nil, origin: Origin(range)))
    }

    private mutating func report(_ message: String, at range: Range<Int>) {
        collected.add(.warning(message, at: source.place(range), expected: "NAME=value"))
    }
}
