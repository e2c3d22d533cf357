internal import ClusterModel
internal import TestKit

/// The server of the repository, and what it once had.
final class GitServer {
    enum Mood: CaseIterable { case answering, slow, rejecting, blackHole }

    private struct Entry {
        let commit: Commit
        let parent: CommitID?
        let contents: Contents
        /// How many commits came before it.
        let depth: Int
    }

    private var entries: [CommitID: Entry] = [:]
    private(set) var head: CommitID
    var mood = Mood.answering

    init(_ contents: Contents) {
        let commit = Self.commit(contents, "begin", parent: nil)
        head = commit.id
        entries[head] = Entry(commit: commit, parent: nil, contents: contents, depth: 0)
    }

    /// - Parameter parent: nil follows the newest commit; another one rewrites the history.
    @discardableResult
    func push(_ contents: Contents, _ message: String, onto parent: CommitID? = nil) -> Commit {
        let parent = parent ?? head
        var commit = Self.commit(contents, message, parent: parent)
        while entries[commit.id] != nil { commit = Self.commit(contents, commit.message + ".", parent: parent) }
        entries[commit.id] = Entry(commit: commit, parent: parent, contents: contents, depth: (entries[parent]?.depth ?? 0) + 1)
        head = commit.id
        return commit
    }

    /// An older commit becomes the newest.
    func rewind(to commit: CommitID) { head = commit }

    func commit(_ id: CommitID) -> Commit? { entries[id]?.commit }

    func contents(_ id: CommitID) -> Contents? { entries[id]?.contents }

    func parent(_ id: CommitID) -> CommitID? { entries[id]?.parent }

    /// The commit and all before it, the newest first.
    func history(_ commit: CommitID) -> [CommitID] {
        var all: [CommitID] = []
        var next: CommitID? = commit
        while let id = next, let entry = entries[id] {
            all.append(id)
            next = entry.parent
        }
        return all
    }

    func isAncestor(_ ancestor: CommitID, of commit: CommitID) -> Bool {
        guard let goal = entries[ancestor] else { return false }
        var next: CommitID? = commit
        while let id = next, let entry = entries[id], entry.depth >= goal.depth {
            if id == ancestor { return true }
            next = entry.parent
        }
        return false
    }

    /// Whether the history of a commit comes to say what another one says, from where the two parted on.
    func isRepeated(_ old: CommitID, before new: CommitID) -> Bool {
        let known = Set(history(old))
        let all = history(new)
        let late = all.prefix { !known.contains($0) }
        return all.prefix(late.count + 1).contains { contents($0) == contents(old) }
    }

    private static func commit(_ contents: Contents, _ message: String, parent: CommitID?) -> Commit {
        let name = "\(parent?.hex ?? "") \(contents) \(message)"
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a, which is the same in every process
        for byte in name.utf8 { digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        let half = String(digest, radix: 16)
        let hex = String(repeating: "0", count: 16 - half.count) + half
        return Commit(
            id: CommitID(hex + hex + hex.prefix(8)) ?? .made(of: "0"), tree: "\(contents)", author: "somebody", time: 0, message: message)
    }
}
