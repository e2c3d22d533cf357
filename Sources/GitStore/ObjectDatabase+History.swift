import CLibgit2
import ClusterModel

extension ObjectDatabase {
    func describe(_ id: CommitID) throws(LibraryError) -> Commit {
        let commit = try stored(id)
        return Commit(id: id, tree: commit.tree, author: commit.author, time: commit.time, message: commit.message)
    }

    /// Newest first, and no commit before its children.
    func history(from start: CommitID, limit: Int) throws(LibraryError) -> [Commit] {
        var children = [start: 0]
        try walk(from: [start]) { id throws(LibraryError) in
            for parent in try ancestry(of: id).parents { children[parent, default: 0] += 1 }
            return true
        }
        var (queue, commits) = (CommitQueue(), [Commit]())
        queue.add(start, try ancestry(of: start).time)
        while commits.count < limit, let id = queue.next() {
            commits.append(try describe(id))
            for parent in try ancestry(of: id).parents {
                children[parent, default: 1] -= 1
                if children[parent] == 0 { queue.add(parent, try ancestry(of: parent).time) }
            }
        }
        return commits
    }

    /// The commits that come with `new` where `old` is there already, newest first: `old..new`.
    func range(from old: CommitID, to new: CommitID, limit: Int) throws(LibraryError) -> [CommitID] {
        var (queue, found) = (CommitQueue(), [CommitID]())
        var (known, seen) = (Set([old]), Set([old, new]))
        for id in seen { queue.add(id, try ancestry(of: id).time) }
        while queue.contains(where: { !known.contains($0) }), let id = queue.next() {
            if !known.contains(id) { found.append(id) }
            for parent in try ancestry(of: id).parents {
                if known.contains(id) { known.insert(parent) }
                if seen.insert(parent).inserted { queue.add(parent, try ancestry(of: parent).time) }
            }
        }
        return Array(found.filter { !known.contains($0) }.prefix(limit))
    }

    /// A commit counts as its own ancestor. False when either is not here.
    func isAncestor(_ old: CommitID, of new: CommitID) throws(LibraryError) -> Bool {
        guard try contains(GitObjectID(old)), try contains(GitObjectID(new)) else { return false }
        return try reaches(old, from: [new])
    }

    /// Whether a commit that `new` follows, or `new` itself, says what `old` says, from where the two parted on: then a history that was rewritten
    /// undoes nothing of `old`. It was amended in its message alone, or squashed, or it came to nothing.
    func isRepeated(_ old: CommitID, before new: CommitID) throws(LibraryError) -> Bool {
        guard try contains(GitObjectID(old)), try contains(GitObjectID(new)) else { return false }
        let tree = try treeID(of: old)
        let parting = try commonAncestor(GitObjectID(old), GitObjectID(new)).flatMap { CommitID($0.hex) }
        for id in try [parting].compactMap(\.self) + range(from: old, to: new, limit: 1000) where try treeID(of: id) == tree { return true }
        return false
    }

    /// Whether some of these commits, or an ancestor of theirs, is this one.
    func reaches(_ goal: CommitID, from starts: [CommitID]) throws(LibraryError) -> Bool {
        var isFound = false
        try walk(from: starts) { id throws(LibraryError) in
            isFound = id == goal
            return !isFound
        }
        return isFound
    }

    /// Each commit once, near ones first, until the visitor has seen enough.
    private func walk(from starts: [CommitID], _ visit: (CommitID) throws(LibraryError) -> Bool) throws(LibraryError) {
        var (queue, next) = (starts, 0)
        var seen = Set(starts)
        while next < queue.count {
            guard try visit(queue[next]) else { return }
            for parent in try ancestry(of: queue[next]).parents where seen.insert(parent).inserted { queue.append(parent) }
            next += 1
        }
    }

    /// Where two histories parted; nil when they have nothing in common.
    func commonAncestor(_ one: GitObjectID, _ other: GitObjectID) throws(LibraryError) -> GitObjectID? {
        var (oid, oneOID, otherOID) = (git_oid(), try Self.oid(one), try Self.oid(other))
        let code = git_merge_base(&oid, pointer, &oneOID, &otherOID)
        guard code != GIT_ENOTFOUND.rawValue else { return nil }
        try LibraryError.check(code)
        return GitObjectID(oid)
    }
}

/// Commits that wait to be looked at: the newest is next.
private struct CommitQueue {
    private var waiting: [(id: CommitID, time: Int64)] = []

    func contains(where isMeant: (CommitID) -> Bool) -> Bool { waiting.contains { isMeant($0.id) } }

    /// It comes behind those of the same time that wait already.
    mutating func add(_ id: CommitID, _ time: Int64) {
        var (low, high) = (0, waiting.count)
        while low < high {
            let middle = (low + high) / 2
            if waiting[middle].time < time { low = middle + 1 } else { high = middle }
        }
        waiting.insert((id, time), at: low)
    }

    mutating func next() -> CommitID? { waiting.popLast()?.id }
}
