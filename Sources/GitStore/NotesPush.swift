import Diagnostics

/// What became of one notes reference that was pushed.
public struct NotesPush: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        case pushed
        /// The server has notes there that we lack.
        case behind
        /// Somebody has the server's reference in hand, or its lock was left behind; in the server's words.
        case locked(String)
        /// The server said no, in these words.
        case declined(String)

        /// Whether it is worth another attempt at once.
        var mayChange: Bool {
            switch self {
            case .behind, .locked: true
            case .pushed, .declined: false
            }
        }
    }

    public let ref: NotesRef
    public internal(set) var outcome: Outcome
}

extension NotesPush {
    /// The lines of `git push --porcelain`, whose exit code tells nothing about a single reference.
    ///
    /// git-push(1): "each line of the output is of the form: <flag> \t <from>:<to> \t <summary> (<reason>)", and of the
    /// flags: "(space) for a successfully pushed fast-forward; + for a successful forced update; - for a successfully
    /// deleted ref; * for a successfully pushed new ref; ! for a ref that was rejected or failed to push; and = for a
    /// ref that was up to date and did not need pushing."
    ///
    /// - Parameter error: what came on standard error: lines with "remote: " are the server's own words.
    static func report(_ text: String, saying error: String = "") -> [NotesPush] {
        let said = words(of: error)
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 3, fields[0].count == 1, let colon = fields[1].lastIndex(of: ":"),
                let ref = NotesRef(reference: fields[1][fields[1].index(after: colon)...])
            else { return nil }
            return NotesPush(ref: ref, outcome: outcome(flag: fields[0], summary: fields[2], said))
        }
    }

    private static func outcome(flag: Substring, summary: Substring, _ said: String) -> Outcome {
        guard flag == "!" else { return .pushed }
        let means = { (signs: [String]) in signs.contains { summary.contains($0) } }
        if means(["non-fast-forward", "fetch first", "incorrect old value"]) { return .behind }
        let words = (summary + said).terminalSafe
        return means(["failed to update ref", "cannot lock ref"]) ? .locked(words) : .declined(words)
    }

    /// The last lines that the server has sent, without its progress.
    private static func words(of error: String) -> String {
        let lines = error.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("remote: ") }.map { $0.dropFirst("remote: ".count) }
        let told = lines.map(\.trimmed).filter { !$0.isEmpty }.suffix(3).joined(separator: "; ")
        return told.isEmpty ? "" : ": \(told.prefix(300))"
    }
}

extension Substring {
    fileprivate var trimmed: String { String(reversed().drop(while: \.isWhitespace).reversed()) }
}
