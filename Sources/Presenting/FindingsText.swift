public import Diagnostics

/// Findings as people read them, and a line that counts them.
public struct FindingsText {
    private let findings: [Finding]
    private let style: Style

    public init(_ findings: [Finding], style: Style) {
        self.findings = findings
        self.style = style
    }

    public var lines: [String] {
        guard !findings.isEmpty else { return [style("No findings.", .good)] }
        return findings.map(block) + ["", summary + advice]
    }

    private var advice: String {
        let count = findings.count { $0.fix != nil }
        return count > 0 ? "; \"coxswain validate --fix\" puts \(count) right" : ""
    }

    /// The first line has the colour.
    private func block(_ finding: Finding) -> String {
        let text = finding.description.terminalSafe
        let end = text.utf8.firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
        return style(String(text[..<end]), tone(finding.severity)) + text[end...]
    }

    private var summary: String {
        Finding.Severity.allCases.compactMap { severity in
            let count = findings.count { $0.severity == severity }
            return count > 0 ? style("\(count) \(severity.rawValue)\(count == 1 ? "" : "s")", tone(severity)) : nil
        }.joined(separator: ", ")
    }

    private func tone(_ severity: Finding.Severity) -> Style.Tone {
        switch severity {
        case .error: .bad
        case .warning: .changed
        case .notice: .faint
        }
    }
}
