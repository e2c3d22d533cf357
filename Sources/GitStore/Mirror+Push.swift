import Host

extension Mirror {
    /// Sends all notes that the server doesn't have yet, and says of each reference what became of it.
    ///
    /// Where the server has other notes under the same reference, ours are laid on top of them and sent again.
    /// - Throws: `GitFailure` when the server can't be reached at all; the notes are kept for the next time.
    public func pushNotes(limit: Duration, retries: Retries = .patient) async throws -> [NotesPush] {
        let deadline = Deadline(in: limit)
        var results: [NotesRef: NotesPush] = [:]
        for attempt in 1...retries.attempts {
            let waiting = try unpushed().filter { results[$0.key]?.outcome ?? .behind == .behind }
            guard !waiting.isEmpty else { break }
            for result in try await push(waiting, until: deadline) { results[result.ref] = result }
            let behind = results.values.filter { $0.outcome == .behind }.map(\.ref)
            guard !behind.isEmpty, attempt < retries.attempts else { break }
            try await Task.sleep(for: retries.pause(attempt))
            for ref in behind { try await rebase(ref, until: deadline) }
        }
        return results.values.sorted { $0.ref.description < $1.ref.description }
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

    private func push(_ tips: [NotesRef: GitObjectID], until deadline: Deadline) async throws -> [NotesPush] {
        let output = try await git(in: path).attempt(
            ["push", "--porcelain", "--no-verify", "--", remote.address]
                + tips.map { "\($0.value):\($0.key)" }.sorted(),
            talkingTo: remote, until: deadline)
        let results = NotesPush.report(output.text)
        guard !results.isEmpty || output.succeeded else {
            throw GitFailure(.failed(output), talkingTo: remote, within: deadline.limit)
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

    private func rebase(_ ref: NotesRef, until deadline: Deadline) async throws {
        _ = try await git(in: path).run(
            ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head"] + remote.uploadPack
                + ["--", remote.address, "+\(ref.reference):\(ref.fetchedReference)"],
            talkingTo: remote, until: deadline)
        // Where another process moved our reference meanwhile, the next attempt sees what it wrote.
        _ = try reading("lay our notes on the server's") { try $0.rebaseNotes(of: ref) }
    }
}
