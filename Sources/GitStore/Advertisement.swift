import ClusterModel
import Host

/// What a server offers, as `git ls-remote --symref` prints it; or the part of it that is asked for.
struct Advertisement: Hashable {
    /// `refs/heads/main`; of a checkout whose HEAD is detached, as CI makes them, `detachedHead`; nil when there is none.
    private(set) var head: String?
    /// By the names that the mirror gives them.
    private(set) var tips: [String: GitObjectID] = [:]
    /// The branches and tags that are asked for; nil is all.
    private(set) var names: [String]?

    static let patterns = ["HEAD", "refs/heads/*", "refs/tags/*", "refs/notes/coxswain/*"]
    private static let branchesAndTags = ["refs/heads/", "refs/tags/"]
    /// What the mirror calls a HEAD that is no branch.
    static let detachedHead = "refs/coxswain/head"
    private static let notes = "+\(NotesRef.own)*:\(NotesRef.fetched)*"

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t")
            guard fields.count == 2 else { continue }
            if fields[1] == "HEAD" {
                takeHead(fields[0])
            } else if let name = Self.mirroredName(of: fields[1]), let id = GitObjectID(fields[0]) {
                tips[name] = id
            }
        }
    }

    /// `ref: refs/heads/main`, or the commit itself where it is on no branch; where it is, that comes behind it.
    private mutating func takeHead(_ target: Substring) {
        if target.hasPrefix("ref: ") {
            head = String(target.dropFirst("ref: ".count))
        } else if head == nil, let id = GitObjectID(target) {
            head = Self.detachedHead
            tips[Self.detachedHead] = id
        }
    }

    var hasBranches: Bool { tips.keys.contains { $0.hasPrefix("refs/heads/") || $0 == Self.detachedHead } }

    var refspecs: [String] {
        let wanted = names ?? Self.branchesAndTags.map { $0 + "*" } + (tips[Self.detachedHead] == nil ? [] : [Self.detachedHead])
        return wanted.map { $0 == Self.detachedHead ? "+HEAD:\($0)" : "+\($0):\($0)" } + [Self.notes]
    }

    /// The notes and what a revision needs; all of it where that is none of the names.
    ///
    /// - Parameter isKnown: whether a full object name is that of a commit that is here.
    func narrowed(to revision: String?, isKnown: (CommitID) throws -> Bool) rethrows -> Advertisement {
        var part = self
        part.names = try names(of: revision, isKnown)
        guard let names = part.names else { return self }
        part.tips = tips.filter { $0.key.hasPrefix(NotesRef.fetched) || names.contains($0.key) }
        return part
    }

    private func names(of revision: String?, _ isKnown: (CommitID) throws -> Bool) rethrows -> [String]? {
        guard let revision, revision != "HEAD" else { return head.flatMap { tips[$0] == nil ? nil : [$0] } }
        if let id = CommitID(revision) {
            if try isKnown(id) { return [] }
            return tips.first { $0.value == GitObjectID(id) && !$0.key.hasPrefix(NotesRef.fetched) }.map { [$0.key] }
        }
        let names = ([""] + Self.branchesAndTags).map { $0 + revision }.filter { tips[$0] != nil && !$0.hasPrefix(NotesRef.fetched) }
        return names.isEmpty ? nil : names
    }

    private static func mirroredName(of name: Substring) -> String? {
        guard !name.hasSuffix("^{}") else { return nil }
        if name.hasPrefix(NotesRef.own) { return NotesRef.fetched + name.dropFirst(NotesRef.own.count) }
        return branchesAndTags.contains(where: name.hasPrefix) ? String(name) : nil
    }
}

extension ObjectDatabase {
    /// True when all that is asked for is here already, and nothing that the server has no more.
    func matches(_ offered: Advertisement) throws(LibraryError) -> Bool {
        var held = try references(below: NotesRef.fetched)
        for name in offered.names ?? [] { held[name] = try tip(of: name) }
        if let id = offered.tips[Advertisement.detachedHead], try tip(of: Advertisement.detachedHead) == id { held[Advertisement.detachedHead] = id }
        if offered.names == nil { for prefix in ["refs/heads/", "refs/tags/"] { held.merge(try references(below: prefix)) { old, _ in old } } }
        guard held == offered.tips else { return false }
        for id in Set(held.values) where try !contains(id) {
            throw LibraryError(code: -1, message: "object \(id) is missing")
        }
        return true
    }
}
