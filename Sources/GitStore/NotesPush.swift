/// What became of one notes reference that was pushed.
public struct NotesPush: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        case pushed
        /// The server has notes there that we lack.
        case behind
        /// The server said no, in these words.
        case declined(String)
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
    static func report(_ text: String) -> [NotesPush] {
        text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 3, fields[0].count == 1, let colon = fields[1].lastIndex(of: ":"),
                let ref = NotesRef(reference: fields[1][fields[1].index(after: colon)...])
            else { return nil }
            return NotesPush(ref: ref, outcome: outcome(flag: fields[0], summary: fields[2]))
        }
    }

    private static func outcome(flag: Substring, summary: Substring) -> Outcome {
        guard flag == "!" else { return .pushed }
        let lostRaces = [
            "non-fast-forward", "fetch first", "failed to update ref", "cannot lock ref", "incorrect old value",
        ]
        return lostRaces.contains { summary.contains($0) } ? .behind : .declined(String(summary))
    }
}
