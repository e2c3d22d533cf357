/// Prometheus's text format: a help line, a type line, and the samples of each metric.
struct MetricsPage {
    enum Kind: String { case gauge, counter, summary }

    private(set) var text = ""

    /// What nothing is known of is left out.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [([String: String], Double)], suffix: String = "") {
        guard !samples.isEmpty else { return }
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        add(suffix: suffix, to: name, samples)
    }

    /// Further samples of the metric added last.
    mutating func add(suffix: String, to name: String, _ samples: [([String: String], Double)]) {
        let lines = samples.map { labels, value in
            let words = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value.labelEscaped)\"" }
            return name + suffix + (words.isEmpty ? "" : "{\(words.joined(separator: ","))}") + " \(value.plain)\n"
        }
        text += lines.sorted().joined()
    }
}

extension String {
    /// "label_value can be any sequence of UTF-8 characters, but the backslash, double-quote, and line feed characters have to be escaped as
    /// \\, \", and \n, respectively" (Prometheus, exposition formats).
    fileprivate var labelEscaped: String {
        reduce(into: "") { text, character in
            switch character {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.append(character)
            }
        }
    }
}

extension Double {
    /// Whole numbers without a point.
    fileprivate var plain: String { Double(Int64(exactly: self) ?? .min) == self ? "\(Int64(self))" : "\(self)" }
}
