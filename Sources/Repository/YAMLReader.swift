internal import Diagnostics
internal import YAML

/// Reads YAML of a known shape: unknown keys and values of the wrong kind are errors, each at its place.
struct YAMLReader {
    let source: SourceText
    private var report = Report()

    init(_ source: SourceText) { self.source = source }

    var findings: [Finding] { report.findings }

    /// A value of the document.
    struct Value {
        let node: YAMLNode

        /// Nil for a list or a mapping.
        var text: String? { node.text }
        var items: [Value]? { node.sequence.map { $0.map(Value.init) } }
        var isMapping: Bool { node.mapping != nil }
    }

    /// The document; nil where it is empty or no YAML.
    mutating func root() -> Value? {
        if let finding = source.refusal(beyond: Bounds.file) ?? source.aliasFinding {
            report.add(finding)
            return nil
        }
        do {
            return try YAMLNode.parse(source.bytes).map(Value.init).flatMap { $0.isNothing ? nil : $0 }
        } catch {
            report.add(finding(error))
            return nil
        }
    }

    /// The keys of a mapping with their values, those that are not known left out and reported.
    mutating func pairs(of value: Value, in section: String, knowing known: [String]) -> [(key: String, value: Value)] {
        pairs(of: value, in: section, expected: known.map { "\($0): …" }.joined(separator: ", ")).filter { key, value in
            if known.contains(key.text ?? "") { return true }
            refuse(
                key, key.text.map { "\"\($0)\" is no key of \(section)" } ?? "a list or a mapping can't be a key",
                expected: known.joined(separator: ", "),
                remedy: key.text.flatMap { $0 == "<<" ? "write out what it stands for" : didYouMean($0, among: known) })
            return false
        }.map { ($0.key.text ?? "", $0.value) }
    }

    /// All keys of a mapping with their values.
    mutating func pairs(of value: Value, in section: String, expected: String) -> [(key: Value, value: Value)] {
        guard let mapping = value.node.mapping else {
            refuse(value, "\(section) does not hold keys and values", expected: expected)
            return []
        }
        return mapping.map { (Value(node: $0.key), Value(node: $0.value)) }
    }

    mutating func refuse(_ value: Value, _ message: String, expected: String, remedy: @autoclosure () -> String? = nil) {
        guard !report.isFull(of: .error) else { return }  // to find the place takes a walk through the file
        report.add(.error(message, at: place(of: value), expected: expected, remedy: remedy()))
    }

    func place(of value: Value) -> Place { place(value.node.mark, length: value.text?.utf8.count ?? 1) }

    func place(_ mark: YAMLNode.Mark, length: Int) -> Place {
        let start = source.offset(ofLine: mark.line, column: mark.column)
        return source.place(start..<start + length)
    }
}
