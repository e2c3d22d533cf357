public import Diagnostics
import Host

/// What a fetch brought.
public struct Fetched: Hashable, Sendable {
    /// False when the server had nothing new.
    public let moved: Bool
    /// Worth a word: a damaged mirror was cloned anew, notes were lost with it.
    public let findings: [Finding]
}

extension Mirror {
    /// Brings branches, tags and the notes of Coxswain; what the server no longer has goes here too.
    ///
    /// A mirror that is missing or damaged is cloned anew, and takes over the notes that have not been pushed.
    /// - Throws: `GitFailure`; the mirror is then as it was before.
    public func fetch(limit: Duration) async throws -> Fetched {
        let deadline = Deadline(in: limit)
        let offered = try await advertisement(until: deadline)
        switch try condition() {
        case .absent: return try await cloneAnew(offered, until: deadline)
        case .damaged(let reason): return try await cloneAnew(offered, because: reason, until: deadline)
        case .sound: try refuseEmptiness(of: offered)
        }
        do {
            return try await update(to: offered, until: deadline)
        } catch let error as GitFailure where error.reason == .corrupt || error.reason == .other {
            return try await cloneAnew(offered, because: error.finding.message, until: deadline)
        }
    }

    /// A portal in between, or a repository that was made anew, answers like a server from which everybody has deleted everything.
    private func refuseEmptiness(of offered: Advertisement) throws(GitFailure) {
        guard !offered.hasBranches, try reading("look for branches", { try !$0.references(below: "refs/heads/").isEmpty }) else { return }
        throw GitFailure(
            .empty, "the server offers no branch any more; what was fetched before stays",
            remedy: "is \(remote.shown) still the repository? Push the branch again, or remove \(path) if it is meant")
    }

    private func advertisement(until deadline: Deadline) async throws -> Advertisement {
        let output = try await git(in: nil).run(
            ["ls-remote", "--symref", "--quiet"] + remote.uploadPack + ["--", remote.address] + Advertisement.patterns,
            talkingTo: remote, until: deadline)
        return Advertisement(output.text)
    }

    private enum Condition {
        case sound, absent
        case damaged(String)
    }

    private func condition() throws(GitFailure) -> Condition {
        repository = nil
        do {
            guard try files.kind(of: path) != nil else { return .absent }
            try open()
            guard !isSuspect else { return .damaged("an object could not be read") }
            return .sound
        } catch {
            let failure = GitFailure(error, doing: "open \(path)")
            guard failure.reason == .corrupt else { throw failure }
            return .damaged(failure.finding.message)
        }
    }

    private func update(to offered: Advertisement, until deadline: Deadline) async throws -> Fetched {
        guard try !reading("compare with the server", { try $0.matches(offered) }) else {
            return try settled(on: offered, moved: false)
        }
        try await download(into: path, until: deadline)
        // A new handle: what git has packed meanwhile is seen, and what it has removed is not held open.
        repository = nil
        return try settled(on: offered, moved: true)
    }

    private func settled(on offered: Advertisement, moved: Bool) throws(GitFailure) -> Fetched {
        if let head = offered.head { try reading("set HEAD") { try $0.setHead(head) } }
        return Fetched(moved: moved, findings: [])
    }

    func download(into repository: String, until deadline: Deadline) async throws {
        _ = try await git(in: repository).run(
            ["fetch", "--quiet", "--prune", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"]
                + remote.uploadPack + ["--", remote.address] + Advertisement.refspecs,
            talkingTo: remote, until: deadline)
    }

    /// Packs what has gathered, when it is much. Once in a while, with nobody waiting.
    public func maintain(limit: Duration) async throws {
        let command = git(in: path).command(["-c", "gc.auto=2000", "gc", "--auto", "--quiet"], limit: limit)
        do {
            _ = try await command.run().orThrow()
        } catch let error as CommandError {
            throw GitFailure(error, doing: "pack the mirror")
        }
        repository = nil
    }
}
