internal import Diagnostics
internal import Records

/// What `doctor` has found about one thing that a node needs.
public struct Diagnosis: Codable, Hashable, Sendable {
    public enum Verdict: String, Codable, Hashable, Sendable {
        case good
        /// It works, and could be better; or can't be known here.
        case remark
        /// It does not work like this.
        case bad
    }

    public let subject: String
    public let verdict: Verdict
    public let words: String
    /// How it is mended.
    public let remedy: String?

    public init(_ subject: String, _ verdict: Verdict, _ words: String, remedy: String? = nil) {
        self.subject = subject
        self.verdict = verdict
        self.words = words
        self.remedy = remedy
    }
}

/// All of it, for people and for scripts.
public struct DiagnosisDocument: Codable, Hashable, Sendable {
    public var version = 1
    public var diagnoses: [Diagnosis]

    public init(_ diagnoses: [Diagnosis]) { self.diagnoses = diagnoses }

    public var json: String { JSON.text(self) }

    /// A line each, aligned, with what to do below it.
    public func lines(_ style: Style) -> [String] {
        let widest = diagnoses.map(\.subject.count).max() ?? 0
        return diagnoses.flatMap { diagnosis -> [String] in
            let (sign, tone): (String, Style.Tone) =
                switch diagnosis.verdict {
                case .good: ("ok  ", .good)
                case .remark: ("note", .changed)
                case .bad: ("BAD ", .bad)
                }
            let blanks = String(repeating: " ", count: widest - diagnosis.subject.count)
            let first = "\(style(sign, tone))  \(diagnosis.subject)\(blanks)  \(diagnosis.words.singleLine)"
            return [first] + (diagnosis.remedy.map { ["\(String(repeating: " ", count: widest + 8))\($0.terminalSafe)"] } ?? [])
        }
    }
}
