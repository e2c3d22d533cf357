internal import Diagnostics

/// Text in Markdown that comes from a repository or a cluster: it stands in code only, so that it can't be markup there, nor call anybody.
enum Markdown {
    /// A fence is longer than any in what it holds.
    static func block(_ lines: [String], _ language: String = "text") -> String {
        let fence = String(repeating: "`", count: max(3, 1 + (lines.map(longestRun).max() ?? 0)))
        return "\(fence)\(language)\n\(lines.map(\.terminalSafe).joined(separator: "\n"))\n\(fence)"
    }

    /// The first lines, of so many bytes in all.
    static func bounded(_ lines: [String], to longest: Int, otherwise: String = "") -> [String] {
        var size = 0
        let shown = lines.prefix {
            size += $0.utf8.count + 1
            return size <= longest
        }
        return shown.count == lines.count ? lines : shown + ["  … and \(lines.count - shown.count) lines more\(otherwise)"]
    }

    static func code(_ text: String) -> String {
        let fence = String(repeating: "`", count: 1 + longestRun(text))
        return text.isEmpty ? "" : "\(fence) \(text.singleLine) \(fence)"
    }

    private static func longestRun(_ text: String) -> Int {
        text.utf8.split { $0 != UInt8(ascii: "`") }.map(\.count).max() ?? 0
    }
}
