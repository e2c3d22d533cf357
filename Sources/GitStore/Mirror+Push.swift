public import ClusterModel
import Host

extension Mirror {
    /// Sends all notes that the server doesn't have yet, and says of each reference what became of it.
    ///
    /// Where the server has other notes under the same reference, ours are laid on top of them and sent again.
    /// - Parameter limit: how long the server may say nothing.
    /// - Throws: `GitFailure` when the server can't be reached at all; the notes are kept for the next time.
    public func pushNotes(limit: Duration, retries: Retries = .few) async throws -> [NotesPush] {
        let patience = Patience(silence: limit)
        var results: [NotesRef: NotesPush] = [:]
        for attempt in 1...retries.attempts {
            let waiting = try unpushed().filter { results[$0.key]?.outcome.mayChange ?? true }
            guard !waiting.isEmpty else { break }
            for result in try await push(waiting, patience) { results[result.ref] = result }
            let open = results.values.filter(\.outcome.mayChange)
            guard !open.isEmpty, attempt < retries.attempts else { break }
            try await Task.sleep(for: retries.pause(attempt))
            for result in open where result.outcome == .behind { try await rebase(result.ref, patience) }
        }
        return results.values.sorted { $0.ref.description < $1.ref.description }
    }

    /// Tries whether the server would take notes of this node, without sending any.
    ///
    /// - Parameters:
    ///   - commit: one that the server has.
    ///   - limit: how long the server may say nothing.
    /// - Throws: `GitFailure`, in git's words.
    public func tryPush(_ commit: CommitID, limit: Duration) async throws {
        _ = try await git(in: path).run(
            [
                "push", "--dry-run", "--porcelain", "--no-verify", "--no-signed", "--", remote.address,
                "\(commit):\(NotesRef.probe)",
            ], talkingTo: remote, Patience(silence: limit))
    }

    /// True when some notes have not reached the server.
    public func hasUnpushedNotes() throws(GitFailure) -> Bool { try !unpushed().isEmpty }

    private func unpushed() throws(GitFailure) -> [NotesRef: GitObjectID] {
        try reading("look for unpushed notes") { repository in
            var waiting: [NotesRef: GitObjectID] = [:]
            for (name, tip) in try repository.references(below: NotesRef.own) {
                guard let ref = NotesRef(reference: name), try repository.tip(of: ref.fetchedReference) != tip
                else { continue }
                waiting[ref] = tip
            }
            return waiting
        }
    }

    private func push(_ tips: [NotesRef: GitObjectID], _ patience: Patience) async throws -> [NotesPush] {
        let output = try await git(in: path).attempt(
            ["push", "--porcelain", "--progress", "--no-verify", "--no-signed", "--", remote.address]
                + tips.map { "\($0.value):\($0.key)" }.sorted(),
            talkingTo: remote, patience)
        let results = NotesPush.report(output.text, saying: remote.redacting(output.error))
        guard !results.isEmpty || output.succeeded else {
            throw GitFailure(.failed(output), talkingTo: remote, within: patience.silence)
        }
        for result in results where result.outcome == .pushed {
            guard let tip = tips[result.ref] else { continue }
            try remember(tip, as: result.ref)
        }
        return results
    }

    /// The server has it now: no need to fetch it to know.
    private func remember(_ tip: GitObjectID, as ref: NotesRef) throws(GitFailure) {
        try reading("note what was pushed") { repository in
            let before = try repository.tip(of: ref.fetchedReference)
            _ = try repository.move(ref.fetchedReference, from: before, to: tip)
        }
    }

    private func rebase(_ ref: NotesRef, _ patience: Patience) async throws {
        _ = try await git(in: path).run(
            ["fetch", "--progress", "--no-tags", "--no-write-fetch-head"] + remote.uploadPack
                + ["--", remote.address, "+\(ref.reference):\(ref.fetchedReference)"],
            talkingTo: remote, patience)
        // Where another process moved our reference meanwhile, the next attempt sees what it wrote.
        _ = try reading("lay our notes on the server's") { try $0.rebaseNotes(of: ref) }
    }
}
