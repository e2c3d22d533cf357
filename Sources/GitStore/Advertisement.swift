/// What a server offers, as `git ls-remote --symref` prints it.
struct Advertisement: Hashable {
    /// `refs/heads/main`; nil when its HEAD points to no branch that exists.
    private(set) var head: String?
    /// By the names that the mirror gives them.
    private(set) var tips: [String: GitObjectID] = [:]

    static let patterns = ["HEAD", "refs/heads/*", "refs/tags/*", "refs/notes/coxswain/*"]

    static let refspecs = [
        "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*",
        "+\(NotesRef.own)*:\(NotesRef.fetched)*",
    ]

    static let mirrored = ["refs/heads/", "refs/tags/", NotesRef.fetched]

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t")
            guard fields.count == 2 else { continue }
            if fields[1] == "HEAD", fields[0].hasPrefix("ref: ") {
                head = String(fields[0].dropFirst("ref: ".count))
            } else if let name = Self.mirroredName(of: fields[1]), let id = GitObjectID(fields[0]) {
                tips[name] = id
            }
        }
    }

    var hasBranches: Bool { tips.keys.contains { $0.hasPrefix("refs/heads/") } }

    private static func mirroredName(of name: Substring) -> String? {
        guard !name.hasSuffix("^{}") else { return nil }
        if name.hasPrefix(NotesRef.own) { return NotesRef.fetched + name.dropFirst(NotesRef.own.count) }
        return mirrored.dropLast().contains(where: name.hasPrefix) ? String(name) : nil
    }
}

extension ObjectDatabase {
    /// True when all that the server offers is here already, and nothing else.
    func matches(_ offered: Advertisement) throws(LibraryError) -> Bool {
        var held: [String: GitObjectID] = [:]
        for prefix in Advertisement.mirrored { held.merge(try references(below: prefix)) { old, _ in old } }
        guard held == offered.tips else { return false }
        for id in Set(held.values) where try !contains(id) {
            throw LibraryError(code: -1, message: "object \(id) is missing")
        }
        return true
    }
}
