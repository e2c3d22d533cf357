import CLibgit2
public import ClusterModel
public import Diagnostics
import Host

/// The files of a checkout as they are on disk, edits that are not committed included; ignored files are not.
public struct Worktree: FileReading {
    private let root: FileTree
    private let owner: Remote

    /// - Throws: `.notARepository` for a URL, and for a path that has no checkout.
    public init(_ path: String, limit: Duration) async throws {
        owner = try Remote(path)
        guard let given = owner.localPath, owner.address == given else {
            throw GitFailure(.notARepository, "\(owner.shown) is not a checkout on this machine")
        }
        let output = try await Self.git(["rev-parse", "--show-toplevel"], in: given, trusting: owner, limit: limit)
        root = FileTree(root: String(output.text.dropLast()))
    }

    /// The commit that is checked out; nil when there is none yet.
    public func head(limit: Duration) async throws -> CommitID? {
        let arguments = ["rev-parse", "--quiet", "--verify", "HEAD^{commit}"]
        let output = try? await Self.git(arguments, in: root.root, trusting: owner, limit: limit)
        return output.flatMap { CommitID($0.text.prefix { $0.isHexDigit }) }
    }

    /// The files below a directory (nil: the root), tracked or new; as `Mirror.files` in all else.
    public func files(
        under directory: String? = nil, limit: Duration,
        where wanted: @Sendable (String) -> Bool = { _ in true }
    ) async throws -> FileListing {
        let parts = (directory ?? "").split(separator: "/").filter { $0 != "." }
        try check(parts)
        let base = parts.map { $0 + "/" }.joined()
        // git-ls-files(1): -z "\0 line termination on output and do not quote filenames"; -t: a letter and a blank before each, "S" for
        // "skip-worktree", as those that a sparse checkout leaves out.
        let output = try await Self.git(
            ["ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard", "--deduplicate"],
            in: root.location(of: base), trusting: owner, limit: limit)
        var walk = WorktreeWalk(root: root, base: base)
        for line in output.bytes.split(separator: 0) {
            try walk.take(Array(line.dropFirst(2)), isLeftOut: line.first == UInt8(ascii: "S"), where: wanted)
        }
        guard !walk.listing.files.isEmpty || !walk.listing.findings.isEmpty else {
            throw GitFailure(
                .empty, "the checkout has no file of desired state in \(directory ?? "its root directory")",
                remedy: "an empty directory never means \"delete everything\"; is --path right?")
        }
        walk.listing.files.sort { $0.path < $1.path }
        return walk.listing
    }

    public func text(of file: RepositoryFile) throws -> SourceText {
        do {
            return try SourceText(utf8: file.content ?? root.read(file.location, limit: RepositoryFile.largest), at: file.location)
        } catch let error as FileError {
            throw error.finding
        }
    }

    /// Makes edits in the files of the checkout. Those of one file are made together or not at all.
    public func apply(_ edits: [TextEdit]) throws {
        for (file, edits) in Dictionary(grouping: edits, by: \.file).sorted(by: { $0.key < $1.key }) {
            do throws(FileError) {
                let source = SourceText(path: file, bytes: try root.read(file, limit: RepositoryFile.largest))
                try root.write(source.applying(edits), to: file)
            } catch {
                throw error.finding
            }
        }
    }

    private func check(_ parts: [Substring]) throws {
        var place = ""
        for part in parts {
            place += "/" + part
            guard part != "..", (try? root.kind(of: place)) == .directory else {
                throw GitFailure(
                    .missing, "the checkout has no directory \"\(place.dropFirst())\"",
                    remedy: "is --path right? An absent directory never means \"delete everything\"")
            }
        }
    }

    private static func git(
        _ arguments: [String], in directory: String, trusting owner: Remote, limit: Duration
    ) async throws -> Output {
        // Nothing of the checkout's own configuration may start a program while we look at it.
        let settings = ["safe.directory=*", "core.fsmonitor=false"].flatMap { ["-c", $0] }
        do {
            return try await Git().command(settings + arguments, in: directory, limit: limit)
                .run().orThrow()
        } catch let error as CommandError {
            throw GitFailure(error, talkingTo: owner, within: limit)
        }
    }
}

/// Looks at what git has listed, and refuses what must never be read.
private struct WorktreeWalk {
    let root: FileTree
    let base: String
    var listing = FileListing()
    private var sound: Set<String> = []

    init(root: FileTree, base: String) {
        self.root = root
        self.base = base
    }

    mutating func take(_ name: [UInt8], isLeftOut: Bool, where wanted: (String) -> Bool) throws {
        let path = String(decoding: name, as: UTF8.self)
        let parts = path.split(separator: "/")
        let directories = path.utf8.indices.filter { path.utf8[$0] == UInt8(ascii: "/") }.map { String(path[...$0]) }
        guard directories.allSatisfy(wanted), try wanted(path) || standsForDirectory(path) && wanted(path + "/") else {
            if !path.contains("."), directories.allSatisfy(wanted), wanted(path + "/"), try isInPlaceOfDirectory(path) {
                listing.findings.append(TreeName.notADirectory(base + path))
            }
            return
        }
        guard !isLeftOut else { return listing.findings.append(TreeName.sparse(base + path)) }
        let refusal = name.firstInvalidUTF8.map { _ in "its name is not UTF-8" }
        if let refusal = refusal ?? parts.lazy.compactMap({ TreeName($0).refusal }).first {
            listing.findings.append(TreeName.finding(base + path, refusal))
        } else if try directories.allSatisfy({ try isDirectory($0) }) {
            try takeFile(path)
        } else {
            listing.findings.append(TreeName.symbolicLink(base + path))
        }
    }

    /// A file in the place of a directory: of one that we know, or the text of a link.
    private func isInPlaceOfDirectory(_ path: String) throws -> Bool {
        guard try root.kind(of: base + path) == .regular else { return false }
        return try !path.contains("/") || readUnlessTooLarge(base + path).map { TreeName.isLinkText($0.bytes) } == true
    }

    /// Whether a link or a submodule stands where a directory was: what was in that is not gone, but out of reach.
    private func standsForDirectory(_ path: String) throws -> Bool { [.symbolicLink, .directory].contains(try root.kind(of: base + path)) }

    /// A tracked file's directory may have become a symbolic link, which would lead out of the checkout.
    private mutating func isDirectory(_ directory: String) throws -> Bool {
        guard !sound.contains(directory) else { return true }
        let kind = try root.kind(of: base + directory.dropLast())
        if kind == .directory { sound.insert(directory) }
        return kind != .symbolicLink
    }

    private mutating func takeFile(_ path: String) throws {
        let location = base + path
        switch try root.kind(of: location) {
        case nil: break  // tracked, and removed on disk
        case .symbolicLink: listing.findings.append(TreeName.symbolicLink(location))
        case .directory: listing.findings.append(TreeName.submodule(location))
        case .other: listing.findings.append(TreeName.finding(location, "it is not a regular file"))
        case .regular:
            guard let (bytes, isExecutable) = try readUnlessTooLarge(location) else {
                return listing.findings.append(TreeName.tooLarge(location))
            }
            listing.files.append(
                RepositoryFile(
                    path: path, location: location, isExecutable: isExecutable, blob: GitObjectID(blob: bytes), size: bytes.count,
                    content: bytes))
        }
    }

    private func readUnlessTooLarge(_ location: String) throws(FileError) -> (bytes: [UInt8], isExecutable: Bool)? {
        do {
            return try root.readWithMode(location, limit: RepositoryFile.largest)
        } catch {
            guard case .tooLarge = error.reason else { throw error }
            return nil
        }
    }
}
