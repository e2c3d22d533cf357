import ClusterModel
import Diagnostics
import Host
import Testing

@testable import GitStore

@Suite struct FileTests {
    @Test("reads what git ls-tree lists and git cat-file prints", arguments: [1, 2, 3] as [UInt64])
    func agreesWithGit(seed: UInt64) async throws {
        let origin = try await Origin()
        var random = Seeded(state: seed)
        var contents: [String: String] = [:]
        for index in 0..<40 {
            let names = (0...Int.random(in: 0...3, using: &random)).map { _ in
                ["crm", "xen", "ä ö", "a.b", "-x", "Z"].randomElement(using: &random) ?? ""
            }
            contents[names.joined(separator: "/") + "/f\(index)"] = String(repeating: "\(index)ß\n", count: index * 50)
        }
        let commit = try await origin.commit(contents)
        let mirror = try await origin.fetched()
        let listing = try await mirror.files(of: commit)
        let listed = try await origin.git(["ls-tree", "-r", "-z", "-l", commit.hex]).split(separator: "\0").map(
            String.init)
        let ours = listing.files.map { file in
            let size = String(repeating: " ", count: 7 - "\(file.size)".count) + "\(file.size)"
            return "100644 blob \(file.blob) \(size)\t\(file.path)"
        }
        #expect(Set(ours) == Set(listed))
        #expect(ours.count == 40)
        #expect(listing.findings.isEmpty)
        for file in listing.files {
            #expect(try await String(decoding: mirror.bytes(of: file.blob), as: UTF8.self) == contents[file.path])
        }
    }

    @Test("reads below a directory, and only what is wanted")
    func subdirectory() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit([
            "sites/a/crm/x.crm": "1", "sites/a/big/y": "2", "sites/b/crm/z.crm": "3", "top": "1",
        ])
        let mirror = try await origin.fetched()
        let all = try await mirror.files(of: commit, under: "sites/a/")
        #expect(all.files.map(\.path) == ["big/y", "crm/x.crm"])
        #expect(all.files.map(\.location) == ["sites/a/big/y", "sites/a/crm/x.crm"])
        let some = try await mirror.files(of: commit, under: "sites/a") { $0.hasPrefix("crm/") }
        #expect(some.files.map(\.path) == ["crm/x.crm"])
        #expect(await reason { try await mirror.files(of: commit, under: "sites/c") } == .missing)
        #expect(await reason { try await mirror.files(of: commit, under: "sites/../sites/a") } == .missing)
        #expect(await reason { try await mirror.files(of: commit, under: "top") } == .missing)
        #expect(await reason { try await mirror.files(of: commit) { _ in false } } == .empty)
        let failure = await #expect(throws: GitFailure.self) { try await mirror.files(of: commit, under: "site") }
        #expect(failure?.finding.remedy == "did you mean \"sites\"?")
    }

    @Test("an empty tree is a failure, never an empty desired state")
    func emptyTree() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(entries: [])
        let mirror = try await origin.fetched()
        #expect(await reason { try await mirror.files(of: commit) } == .empty)
    }

    @Test("refuses links, submodules and names that lead out, and reads the rest")
    func refusals() async throws {
        let origin = try await Origin()
        let blob = try await origin.blob(Array("x".utf8))
        let submodule = try await origin.commit(["s": "1"], branch: "other")
        let inner = try await origin.git(["mktree", "-z"], input: "100644 blob \(blob)\tpasswd\0")
        let commit = try await origin.commit(entries: [
            "100644 blob \(blob)\tgood", "120000 blob \(blob)\tlink", "160000 commit \(submodule)\tmodule",
            "040000 tree \(inner)\t..", "040000 tree \(inner)\t.GIT", "100644 blob \(blob)\ta\u{1B}[2J\nb",
            "100755 blob \(blob)\trun",
        ])
        let listing = try await origin.fetched().files(of: commit)
        #expect(listing.files.map(\.path) == ["good", "run"])
        #expect(listing.files.map(\.isExecutable) == [false, true])
        #expect(
            Set(listing.findings.map(\.message)) == [
                "link is refused: it is a symbolic link", "module is refused: it is a submodule",
                ".. is refused: \"..\" is not a file's name", ".GIT is refused: \".GIT\" is git's own name",
                "a\\u{1b}[2J\\nb is refused: its name contains control characters",
            ])
    }

    /// As the desired state asks: for directories with a slash at their end, and for files in them.
    private static let asked: @Sendable (String) -> Bool = { $0.hasPrefix("crm/") || $0.hasPrefix("drbd/") }

    @Test("a link or a submodule in the place of a directory is refused: what was in it is not gone")
    func replacedDirectories() async throws {
        let origin = try await Origin()
        let blob = try await origin.blob(Array("elsewhere".utf8))
        let file = try await origin.git(["mktree"], input: "100644 blob \(blob)\ta.crm\n")
        let submodule = try await origin.commit(["s": "1"], branch: "other")
        let inner = try await origin.git(["mktree"], input: "160000 commit \(submodule)\tvms\n040000 tree \(file)\tx\n")
        let commit = try await origin.commit(entries: ["040000 tree \(inner)\tcrm", "120000 blob \(blob)\tdrbd", "120000 blob \(blob)\tother"])
        let listing = try await origin.fetched().files(of: commit, where: Self.asked)
        #expect(listing.files.map(\.path) == ["crm/x/a.crm"])
        let expected = ["crm/vms is refused: it is a submodule", "drbd is refused: it is a symbolic link"]
        #expect(listing.findings.map(\.message).sorted() == expected)
        let checkout = origin.directory + "/checkout"
        try await origin.git(["clone", "-q", origin.path, checkout])
        let edited = try await Worktree(checkout, limit: .seconds(60)).files(limit: .seconds(60), where: Self.asked)
        #expect(edited.findings.map(\.message).sorted() == expected)
    }

    @Test("a file in the place of a directory is refused: git makes one of a link where it can make none; another file is nobody's business")
    func flattenedDirectories() async throws {
        let origin = try await Origin()
        let link = try await origin.blob(Array("../v2/vms".utf8))
        let text = try await origin.blob(Array("See ../v2 for the rest.\n".utf8))
        let file = try await origin.git(["mktree"], input: "100644 blob \(text)\ta.crm\n")
        let inner = try await origin.git(
            ["mktree"], input: "100644 blob \(text)\tREADME\n100644 blob \(link)\tvms\n100644 blob \(link)\tlink.txt\n040000 tree \(file)\tx\n")
        let commit = try await origin.commit(
            entries: ["040000 tree \(inner)\tcrm", "100644 blob \(text)\tdrbd", "100644 blob \(link)\tother"])
        let asked: @Sendable (String) -> Bool = { $0.hasSuffix("/") ? Self.asked($0) : $0.hasSuffix(".crm") }
        let listing = try await origin.fetched().files(of: commit, where: asked)
        #expect(listing.files.map(\.path) == ["crm/x/a.crm"])
        let why = "a file stands where a directory is expected: what was in that is not gone, but out of reach"
        let expected = ["crm/vms is refused: \(why)", "drbd is refused: \(why)"]
        #expect(listing.findings.map(\.message).sorted() == expected)
        let checkout = origin.directory + "/checkout"
        try await origin.git(["clone", "-q", origin.path, checkout])
        let edited = try await Worktree(checkout, limit: .seconds(60)).files(limit: .seconds(60), where: asked)
        #expect(edited.findings.map(\.message).sorted() == expected)
    }

    @Test("a sparse checkout is refused where it leaves out what is asked for")
    func sparse() async throws {
        let origin = try await Origin()
        try await origin.commit(["crm/a.crm": "a", "crm/vms/b.crm": "b", "other/c": "c"])
        let checkout = origin.directory + "/checkout"
        try await origin.git(["clone", "-q", origin.path, checkout])
        try await origin.git(["sparse-checkout", "set", "--no-cone", "crm/a.crm"], in: checkout)
        let listing = try await Worktree(checkout, limit: .seconds(60)).files(limit: .seconds(60), where: Self.asked)
        #expect(listing.files.map(\.path) == ["crm/a.crm"])
        #expect(listing.findings.map(\.message) == ["crm/vms/b.crm is refused: this checkout is sparse, and leaves it out"])
    }

    @Test("refuses what is larger than 64 MiB, and text that is not UTF-8, with its place")
    func contents() async throws {
        let origin = try await Origin()
        let large = try await origin.blob([UInt8](repeating: 0x61, count: RepositoryFile.largest + 1))
        let largest = try await origin.blob([UInt8](repeating: 0x61, count: RepositoryFile.largest))
        let latin = try await origin.blob(Array("gut\nsch".utf8) + [0xF6] + Array("n\n".utf8))
        let commit = try await origin.commit(entries: [
            "100644 blob \(large)\tlarge", "100644 blob \(largest)\tlargest", "100644 blob \(latin)\tlatin",
        ])
        let mirror = try await origin.fetched()
        let (texts, findings) = try await mirror.texts(of: mirror.files(of: commit))
        #expect(texts.map(\.file.path) == ["largest"])
        #expect(findings.map(\.message) == ["large is refused: it is larger than 64 MiB", "byte 8 is not UTF-8 text"])
        #expect(findings.map(\.code) == ["CXS009", "CXS010"])
        #expect(findings.last?.place.map { [$0.line, $0.column] } == [2, 4])
    }

    @Test("refuses names that are not UTF-8, and trees without a bottom")
    func oddTrees() async throws {
        let origin = try await Origin()
        let blob = try await origin.blob([])
        var tree = try await origin.git(["mktree"], input: "100644 blob \(blob)\tf\n")
        for _ in 0..<40 { tree = try await origin.git(["mktree"], input: "040000 tree \(tree)\td\n") }
        let deep = try await origin.commit(tree: tree, message: "deep", branch: "main", onto: nil)
        let line = Array("100644 blob \(blob)\tsch".utf8) + [0xF6] + Array("n\0".utf8)
        let odd = try await Command("git", ["mktree", "-z"], input: line, directory: origin.path).run().orThrow()
        let latin = try await origin.commit(tree: odd.text.trimmed, message: "latin", branch: "latin", onto: nil)
        let mirror = try await origin.fetched()
        #expect(
            try await mirror.files(of: deep).findings.map(\.message).first?.hasSuffix("32 directories deep") == true)
        #expect(
            try await mirror.files(of: latin).findings.map(\.message) == [
                "sch\u{FFFD}n is refused: its name is not UTF-8"
            ])
    }

    @Test("a checkout is read as it is on disk: edits and new files, not the ignored and the removed")
    func worktree() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit([
            "p/crm/a.crm": "old", "p/crm/gone.crm": "x", ".gitignore": "*.tmp\n", "p/same": "same",
        ])
        let checkout = origin.directory + "/checkout"
        try await origin.git(["clone", "-q", origin.path, checkout])
        try origin.write("new", to: checkout + "/p/crm/a.crm")
        try origin.write("added", to: checkout + "/p/crm/b ä.crm", mode: 0o755)
        try origin.write("x", to: checkout + "/p/crm/c.tmp")
        try FileTree().remove(checkout + "/p/crm/gone.crm")
        _ = try await Command("ln", ["-s", "/etc/passwd", checkout + "/p/link"]).run().orThrow()
        let worktree = try await Worktree(checkout + "/p", limit: .seconds(60))
        let listing = try await worktree.files(under: "p", limit: .seconds(60))
        let (texts, findings) = try await worktree.texts(of: listing)
        #expect(texts.map(\.text.text) == ["new", "added", "same"])
        #expect(texts.map(\.file.path) == ["crm/a.crm", "crm/b ä.crm", "same"])
        #expect(texts.map(\.file.isExecutable) == [false, true, false])
        #expect(findings.map(\.message) == ["p/link is refused: it is a symbolic link"])
        #expect(try await worktree.head(limit: .seconds(60)) == commit)
        let committed = try await origin.fetched().files(of: commit, under: "p")
        #expect(committed.files.last?.blob == listing.files.last?.blob)
        #expect(await reason { try await worktree.files(under: "q", limit: .seconds(60)) } == .missing)
        #expect(await reason { try await worktree.files(limit: .seconds(60)) { _ in false } } == .empty)
        #expect(await reason { try await Worktree(origin.path, limit: .seconds(60)) } == .notARepository)
        #expect(await reason { try await Worktree("/usr", limit: .seconds(60)) } == .notARepository)
    }

    @Test("a tracked directory that has become a link is not followed out of the checkout")
    func worktreeLink() async throws {
        let origin = try await Origin()
        try await origin.commit(["crm/hosts": "x", "a": "1"])
        let checkout = origin.directory + "/checkout"
        try await origin.git(["clone", "-q", origin.path, checkout])
        try FileTree().removeAll(checkout + "/crm")
        _ = try await Command("ln", ["-s", "/etc", checkout + "/crm"]).run().orThrow()
        let listing = try await Worktree(checkout, limit: .seconds(60)).files(limit: .seconds(60))
        #expect(listing.files.map(\.path) == ["a"])
        #expect(!listing.findings.isEmpty)
    }

    @Test("a pointer of Git LFS, and text in UTF-16 or UTF-32, are said to be that, once, and with the right advice")
    func otherTexts() async throws {
        let origin = try await Origin()
        let wide = { (order: [UInt8], text: String) in order + text.utf8.flatMap { order == [0xFE, 0xFF] ? [0, $0] : [$0, 0] } }
        let blobs: [(String, [UInt8], String, String)] = [
            ("lfs", Array("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n".utf8), "is a pointer of Git LFS", "git rm --cached"),
            ("le", wide([0xFF, 0xFE], "primitive a"), "text in UTF-16", "iconv -f UTF-16 "),
            ("be", wide([0xFE, 0xFF], "primitive a"), "text in UTF-16", "iconv -f UTF-16 "),
            ("bare", wide([], "primitive a\n"), "text in UTF-16LE", "iconv -f UTF-16LE "),
            ("four", [0xFF, 0xFE, 0, 0] + "primitive a".utf8.flatMap { [$0, 0, 0, 0] }, "text in UTF-32", "iconv -f UTF-32 "),
            ("bare4", "primitive a".utf8.flatMap { [0, 0, 0, $0] }, "text in UTF-32BE", "iconv -f UTF-32BE "),
            ("latin", Array("primitive a # ".utf8) + [0xE4, 0x0A], "is not UTF-8 text", "ISO-8859-1"),
        ]
        var lines = ""
        for (name, bytes, _, _) in blobs { lines += "100644 blob \(try await origin.blob(bytes))\t\(name).crm\n" }
        let commit = try await origin.commit(tree: origin.git(["mktree"], input: lines), message: "odd", branch: "main", onto: nil)
        let mirror = try await origin.fetched()
        let (texts, findings) = try await mirror.texts(of: mirror.files(of: commit))
        #expect(texts.isEmpty && findings.count == blobs.count)
        for (name, _, message, remedy) in blobs {
            let finding = findings.first { $0.place?.file == "\(name).crm" }
            #expect(finding?.message.contains(message) == true && finding?.remedy?.contains(remedy) == true, "\(String(describing: finding))")
        }
    }
}
