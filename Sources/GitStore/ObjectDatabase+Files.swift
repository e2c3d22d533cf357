import CLibgit2
import ClusterModel
import Diagnostics

extension ObjectDatabase {
    /// All files of a commit below a directory (nil: the root), without reading one of them.
    ///
    /// `wanted` is asked for paths relative to that directory; for a directory with a slash at its end, and what is in
    /// it costs nothing if the answer is no.
    /// - Throws: `GitFailure` when the directory is not there or nothing wanted is in it, or the error of libgit2.
    func files(
        of commit: CommitID, under directory: String?, where wanted: @escaping (String) -> Bool
    ) throws -> FileListing {
        let parts = (directory ?? "").split(separator: "/").filter { $0 != "." }
        let root = try subtree(of: commit, parts)
        var walk = FileWalk(repository: self, base: parts.map { $0 + "/" }.joined(), wanted: wanted)
        try walk.descend(into: root, at: "", depth: 0)
        guard !walk.listing.files.isEmpty || !walk.listing.findings.isEmpty else {
            throw GitFailure(
                .empty, "commit \(commit.short) has no file of desired state in \(directory ?? "its root directory")",
                remedy: "an empty tree never means \"delete everything\"; is --path right?")
        }
        walk.listing.files.sort { $0.path < $1.path }
        return walk.listing
    }

    /// Whether a directory (nil: the root) holds the same in both commits; not where one lacks it.
    func isSame(_ directory: String?, in one: CommitID, _ other: CommitID) throws -> Bool {
        let parts = (directory ?? "").split(separator: "/").filter { $0 != "." }
        return try subtree(of: one, parts) == subtree(of: other, parts)
    }

    private func subtree(of commit: CommitID, _ parts: [Substring]) throws -> GitObjectID {
        var tree = try treeID(of: commit)
        for (depth, part) in parts.enumerated() {
            let names = try entries(of: tree)
            guard let entry = names.first(where: { $0.name.text == part && $0.kind == .tree }), part != ".." else {
                throw GitFailure(
                    .missing, "commit \(commit.short) has no directory \"\(parts[...depth].joined(separator: "/"))\"",
                    remedy: didYouMean(String(part), among: names.filter { $0.kind == .tree }.map(\.name.text))
                        ?? "is --path right? An absent directory never means \"delete everything\"")
            }
            tree = entry.id
        }
        return tree
    }

    func treeID(of commit: CommitID) throws(LibraryError) -> GitObjectID {
        guard let tree = GitObjectID(try stored(commit).tree) else { throw LibraryError(code: -1, message: "commit \(commit) names no tree") }
        return tree
    }

    struct Entry {
        enum Kind { case tree, file, executable, symbolicLink, submodule }
        let name: TreeName
        let kind: Kind
        let id: GitObjectID
    }

    func entries(of tree: GitObjectID) throws(LibraryError) -> [Entry] {
        let tree = try self.tree(tree)
        return (0..<git_tree_entrycount(tree.pointer)).compactMap { index in
            guard let entry = git_tree_entry_byindex(tree.pointer, index), let oid = git_tree_entry_id(entry),
                let name = git_tree_entry_name(entry)
            else { return nil }
            return Entry(
                name: TreeName(name), kind: .init(git_tree_entry_filemode(entry)), id: GitObjectID(oid.pointee))
        }
    }
}

extension ObjectDatabase.Entry.Kind {
    fileprivate init(_ mode: git_filemode_t) {
        switch mode {
        case GIT_FILEMODE_TREE: self = .tree
        case GIT_FILEMODE_LINK: self = .symbolicLink
        case GIT_FILEMODE_COMMIT: self = .submodule
        case GIT_FILEMODE_BLOB_EXECUTABLE: self = .executable
        default: self = .file
        }
    }
}

extension ObjectDatabase.Entry.Kind {
    /// Whether it may stand where a directory was: what was in that is not gone, but out of reach.
    fileprivate var standsForDirectory: Bool { self == .symbolicLink || self == .submodule }
}

/// The way through a tree, which refuses what must never be read.
private struct FileWalk {
    /// So many that nobody means it.
    static let mostFiles = 100_000

    let repository: ObjectDatabase
    let base: String
    let wanted: (String) -> Bool
    var listing = FileListing()

    mutating func descend(into tree: GitObjectID, at path: String, depth: Int) throws {
        for entry in try repository.entries(of: tree) {
            let isTree = entry.kind == .tree
            let place = path + entry.name.text
            guard isTree ? wanted(place + "/") : wanted(place) || entry.kind.standsForDirectory && wanted(place + "/") else {
                if try standsForDirectory(entry, at: place) { listing.findings.append(TreeName.notADirectory(base + place)) }
                continue
            }
            if let refusal = entry.name.refusal {
                listing.findings.append(TreeName.finding(base + place, refusal))
            } else if !isTree {
                try take(entry, at: place)
            } else if depth < TreeName.deepest {
                try descend(into: entry.id, at: place + "/", depth: depth + 1)
            } else {
                listing.findings.append(
                    TreeName.finding(base + place, "it is more than \(TreeName.deepest) directories deep"))
            }
        }
    }

    /// A file in the place of a directory: of one that we know, or the text of a link.
    private func standsForDirectory(_ entry: ObjectDatabase.Entry, at place: String) throws -> Bool {
        guard entry.kind == .file, !place.contains("."), wanted(place + "/") else { return false }
        return try !place.contains("/") || repository.size(of: entry.id) < 4096 && TreeName.isLinkText(repository.blob(entry.id))
    }

    private mutating func take(_ entry: ObjectDatabase.Entry, at path: String) throws {
        guard listing.files.count < Self.mostFiles else {
            throw GitFailure(
                .other, "more than \(Self.mostFiles) files below \(base)", remedy: "choose a directory by --path")
        }
        switch entry.kind {
        case .symbolicLink: listing.findings.append(TreeName.symbolicLink(base + path))
        case .submodule: listing.findings.append(TreeName.submodule(base + path))
        case .tree: break
        case .file, .executable:
            let size = try repository.size(of: entry.id)
            guard size <= RepositoryFile.largest else { return listing.findings.append(TreeName.tooLarge(base + path)) }
            listing.files.append(
                RepositoryFile(
                    path: path, location: base + path, isExecutable: entry.kind == .executable, blob: entry.id,
                    size: size))
        }
    }
}
