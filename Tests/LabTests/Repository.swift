import Host

/// A bare repository that stands for the server, and a checkout to push to it from.
struct Repository: Sendable {
    let path: String
    let checkout: String
    /// As a node is told it.
    var address: String { "file://" + path }
    private let files: FileTree

    init(in directory: String) async throws {
        path = directory + "/cluster.git"
        checkout = directory + "/checkout"
        files = FileTree(root: checkout)
        try FileTree().makeDirectory(checkout)
        try await git("init", "-q", "--bare", "-b", "main", path)
        try await git("init", "-q", "-b", "main")
        try await git("remote", "add", "origin", path)
    }

    // MARK: Editing

    func write(_ text: String, to name: String) throws {
        let parent = name.split(separator: "/").dropLast().joined(separator: "/")
        if !parent.isEmpty { try files.makeDirectory("/" + parent) }
        try files.write(Array(text.utf8), to: "/" + name)
    }

    func text(of name: String) throws -> String { String(decoding: try files.read("/" + name), as: UTF8.self) }

    func remove(_ names: String...) throws {
        for name in names { try files.remove("/" + name) }
    }

    /// Replaces a part of a file that must be there.
    func edit(_ name: String, _ old: String, _ new: String) throws {
        let text = try text(of: name)
        guard text.contains(old) else { throw Unedited(file: name, text: old) }
        try write(text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new), to: name)
    }

    /// Takes the files of the tutorial's cluster over.
    func takeOver(_ names: String...) throws {
        for name in names {
            let text = try FileTree(root: Lab.package + "/examples-repo").read("/" + name)
            try write(String(decoding: text, as: UTF8.self), to: name)
        }
    }

    // MARK: Pushing

    /// Commits all edits, and pushes them.
    /// - Returns: the commit.
    @discardableResult
    func push(_ message: String) async throws -> String {
        try await git("add", "--all")
        try await git("commit", "-q", "--allow-empty", "-m", message)
        try await git("push", "-q", "origin", "HEAD:main")
        return try await git("rev-parse", "HEAD")
    }

    /// Puts all edits into the last commit, whose place on the server the new one takes.
    @discardableResult
    func amend() async throws -> String {
        try await git("add", "--all")
        try await git("commit", "-q", "--amend", "--no-edit")
        try await git("push", "-q", "--force", "origin", "HEAD:main")
        return try await git("rev-parse", "HEAD")
    }

    @discardableResult
    func revert(_ commits: String...) async throws -> String {
        for commit in commits { try await git("revert", "--no-edit", commit) }
        try await git("push", "-q", "origin", "HEAD:main")
        return try await git("rev-parse", "HEAD")
    }

    // MARK: Reading

    /// The note of a node on a commit, as the server has it; nil when there is none.
    func note(on commit: String, by node: String) async throws -> String? {
        let output = try await command(["--git-dir", path, "notes", "--ref=coxswain/lab/\(node)", "show", commit]).run()
        return output.succeeded ? output.text : nil
    }

    /// How a commit ended on a node, every time that its note was added to: "refused", "converged", …
    func results(on commit: String, by node: String) async throws -> [String] {
        let note = try await note(on: commit, by: node) ?? ""
        return note.split(separator: "\n").filter { $0.hasPrefix("coxswain: ") }.compactMap { line in
            line.split(separator: " ").dropFirst().first.map(String.init)
        }
    }

    @discardableResult
    func git(_ words: String...) async throws -> String { try await command(words).run().orThrow().text.trimmed }

    private func command(_ words: [String]) -> Command {
        let identity = ["commit.gpgsign=false", "user.name=operator", "user.email=operator@example.org"]
        return Command("git", identity.flatMap { ["-c", $0] } + words, directory: checkout, limit: .seconds(120))
    }

    struct Unedited: Error { let file, text: String }
}
