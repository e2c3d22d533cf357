public import Diagnostics
import Host

/// What a fetch brought.
public struct Fetched: Hashable, Sendable {
    /// False when the server had nothing new.
    public let moved: Bool
    /// Worth a word: a damaged mirror was cloned anew, notes were lost with it.
    public let findings: [Finding]
}

/// What is asked for of a server, the notes of Coxswain besides.
public enum Wanted: Hashable, Sendable {
    /// All branches and tags.
    case everything
    /// The branch or tag of that name (nil: the server's HEAD), and not what else somebody keeps there; everything for what is no name.
    case revision(String?)
}

extension Mirror {
    /// Brings branches, tags and the notes of Coxswain; what the server no longer has goes here too.
    ///
    /// A mirror that is missing or damaged is cloned anew, and takes over the notes that have not been pushed. Other processes that use the same
    /// state directory are waited for.
    /// - Parameter limit: how long the server may say nothing.
    /// - Throws: `GitFailure`; the mirror is then as it was before.
    public func fetch(_ wanted: Wanted = .everything, limit: Duration) async throws -> Fetched {
        let patience = Patience(silence: limit)
        let offered = try await advertisement(patience)
        if !isSuspect, (try? holds(part(of: offered, wanted))) == true, let fetched = try? settled(on: offered, moved: false) { return fetched }
        return try await locked(patience) { mirror in
            let fetched = try await mirror.bring(offered, wanted, patience)
            mirror.removeForgotten()
            return fetched
        }
    }

    /// One process at a time changes what the server has a say in.
    func locked<Value: Sendable>(
        _ patience: Patience, _ body: (isolated Mirror) async throws -> Value
    ) async throws -> Value {
        let lock: FileLock
        do {
            lock = try await FileLock.waiting(for: lockPath, limit: patience.silence)
        } catch let error as FileError {
            throw GitFailure(error, doing: "use \(path)")
        }
        let value = try await body(self)
        _ = consume lock
        return value
    }

    private func bring(_ offered: Advertisement, _ wanted: Wanted, _ patience: Patience) async throws -> Fetched {
        if !hasCleaned {
            try clearLeftovers()
            hasCleaned = true
        }
        switch try condition() {
        case .absent: return try await cloneAnew(part(of: offered, wanted), patience)
        case .damaged(let reason): return try await cloneAnew(part(of: offered, wanted), because: reason, patience)
        case .sound: try refuseEmptiness(of: offered)
        }
        do {
            return try await update(to: part(of: offered, wanted), patience)
        } catch let error as GitFailure where error.reason == .contended {
            // Who died in the middle has left a lock; or a branch that is gone stands where a new one has its directory.
            try clearLeftovers()
        } catch let error as GitFailure where error.reason == .corrupt || error.reason == .other {
            return try await cloneAnew(part(of: offered, wanted), because: error.finding.message, patience)
        }
        do {
            return try await update(to: offered, patience)
        } catch let error as GitFailure where [.contended, .corrupt, .other].contains(error.reason) {
            return try await cloneAnew(part(of: offered, wanted), because: error.finding.message, patience)
        }
    }

    private func part(of offered: Advertisement, _ wanted: Wanted) throws -> Advertisement {
        guard case .revision(let revision) = wanted else { return offered }
        return try offered.narrowed(to: revision) { commit in try files.kind(of: path) != nil && (try? contains(commit)) == true }
    }

    private func holds(_ offered: Advertisement) throws -> Bool {
        guard try files.kind(of: path) != nil else { return false }
        repository = nil
        return try open().shallow.isEmpty && reading("compare with the server", { try $0.matches(offered) })
    }

    /// A portal in between, or a repository that was made anew, answers like a server from which everybody has deleted everything.
    private func refuseEmptiness(of offered: Advertisement) throws(GitFailure) {
        guard !offered.hasBranches, try reading("look for branches", { try !$0.references(below: "refs/heads/").isEmpty }) else { return }
        throw GitFailure(
            .empty, "the server offers no branch any more; what was fetched before stays",
            remedy: "is \(remote.shown) still the repository? Push the branch again, or remove \(path) if it is meant")
    }

    private func advertisement(_ patience: Patience) async throws -> Advertisement {
        let output = try await git(in: nil).run(
            ["ls-remote", "--symref", "--quiet"] + remote.uploadPack + ["--", remote.address] + Advertisement.patterns,
            talkingTo: remote, patience)
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
            // What a shallow copy leaves out may be there by now.
            guard try open().shallow.isEmpty else { return .absent }
            guard !isSuspect else { return .damaged("an object could not be read") }
            return .sound
        } catch {
            let failure = GitFailure(error, doing: "open \(path)")
            guard failure.reason == .corrupt else { throw failure }
            return .damaged(failure.finding.message)
        }
    }

    private func update(to offered: Advertisement, _ patience: Patience) async throws -> Fetched {
        guard try !reading("compare with the server", { try $0.matches(offered) }) else {
            return try settled(on: offered, moved: false)
        }
        try await download(offered, into: path, patience)
        // A new handle: what git has packed meanwhile is seen, and what it has removed is not held open.
        repository = nil
        return try settled(on: offered, moved: true)
    }

    private func settled(on offered: Advertisement, moved: Bool) throws(GitFailure) -> Fetched {
        if let head = offered.head { try reading("set HEAD") { try $0.setHead(head) } }
        return Fetched(moved: moved, findings: [])
    }

    /// With a word now and then, by which it is seen that something comes.
    func download(_ offered: Advertisement, into repository: String, _ patience: Patience) async throws {
        let output = try await git(in: repository).attempt(
            ["fetch", "--progress", "--prune", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"] + shallowly
                + remote.uploadPack + ["--", remote.address] + offered.refspecs,
            talkingTo: remote, patience)
        guard !output.succeeded else { return }
        if remote.isPartialClone {
            throw GitFailure(
                .notARepository, "\(remote.shown) is a partial clone (git clone --filter), and does not have all files",
                remedy: "give the server's address to --repo; or a whole clone: git fetch --refetch --no-filter")
        }
        throw GitFailure(.failed(output), talkingTo: remote, within: patience.silence)
    }

    /// git-fetch(1): "By default when fetching from a shallow repository, git fetch refuses refs that require updating .git/shallow. This option
    /// updates .git/shallow and accepts such refs." A checkout that was made with --depth is one.
    private var shallowly: [String] { remote.localPath == nil ? [] : ["--update-shallow"] }

    /// Packs what has gathered, when it is much. Once in a while, with nobody waiting.
    public func maintain(limit: Duration) async throws {
        try await locked(Patience(silence: limit)) { mirror in
            do {
                if try mirror.looseObjects > Self.mostLoose {
                    _ = try await mirror.git(in: mirror.path).command(["repack", "-d", "-q"], limit: limit).run().orThrow()
                }
                _ = try await mirror.git(in: mirror.path).command(["-c", "gc.auto=6700", "gc", "--auto", "--quiet"], limit: limit).run().orThrow()
            } catch {
                throw GitFailure(error, doing: "pack the mirror")
            }
            mirror.repository = nil
        }
    }

    /// Files: `gc --auto` guesses their number from one directory of 256, and lets thousands gather.
    private static let mostLoose = 400

    private var looseObjects: Int {
        get throws(FileError) {
            var count = 0
            for entry in try files.entries(of: path + "/objects") where entry.name.count == 2 {
                count += try files.regularFiles(in: "\(path)/objects/\(entry.name)").count
            }
            return count
        }
    }
}
