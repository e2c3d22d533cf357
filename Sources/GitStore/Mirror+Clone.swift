import ClusterModel
import Diagnostics
import Host

extension Mirror {
    private var draft: String { path + ".new" }
    private var remains: String { path + ".damaged" }

    /// Builds a new mirror beside the old one, and changes places only when it is whole.
    func cloneAnew(
        _ offered: Advertisement, because damage: String? = nil, _ patience: Patience
    ) async throws -> Fetched {
        do {
            try files.removeAll(draft)
            try await initialize(patience)
            try await download(offered, into: draft, patience)
            let lost = try rescueNotes()
            try ObjectDatabase(at: draft).setHead(offered.head ?? "refs/heads/main")
            try changePlaces()
            isSuspect = false
            let word = damage.map { Finding.warning("the mirror was cloned anew, for it was damaged: \($0)") }
            return Fetched(moved: true, findings: [word, lost].compactMap(\.self))
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw GitFailure(error, doing: "clone \(remote.shown)")
        }
    }

    private func initialize(_ patience: Patience) async throws {
        let arguments = ["init", "--quiet", "--bare", "--template=", "--", draft]
        _ = try await git(in: nil).command(arguments, limit: patience.silence).run().orThrow()
    }

    /// Takes our own notes over from what is left of the old mirror, as far as they can be read; and from mirrors of other addresses what stands on
    /// commits of this repository: it may have moved.
    private func rescueNotes() throws -> Finding? {
        let new = try ObjectDatabase(at: draft)
        var lost = 0
        for place in [path, remains] where try files.kind(of: place + "/objects") == .directory {
            lost += try rescueNotes(in: place, into: new) { _ in true }
        }
        guard try files.kind(of: path) == nil else { return try word(on: lost) }
        for entry in try files.entries(of: state) where entry.kind == .directory && entry.name.hasPrefix("mirror-") && entry.name.hasSuffix(".git") {
            _ = try? rescueNotes(in: "\(state)/\(entry.name)", into: new) { (try? new.contains(GitObjectID($0))) == true }
        }
        return try word(on: lost)
    }

    private func rescueNotes(in place: String, into new: ObjectDatabase, where isMeant: (CommitID) -> Bool) throws -> Int {
        guard let old = try? ObjectDatabase(objects: place + "/objects") else { return 0 }
        return try LooseReferences(of: place, in: files).notes.reduce(0) { lost, note in
            try lost + rescue(note.key, at: note.value, from: old, into: new, where: isMeant)
        }
    }

    private func word(on lost: Int) throws -> Finding? {
        guard lost > 0 else { return nil }
        return .warning(
            "\(lost) notes, or groups of notes, could not be read in the damaged mirror",
            remedy: "what is left of it is kept in \(remains)")
    }

    private func rescue(
        _ ref: NotesRef, at tip: GitObjectID, from old: ObjectDatabase, into new: ObjectDatabase, where isMeant: (CommitID) -> Bool
    ) throws -> Int {
        guard let (all, unread) = try? old.notes(at: tip, salvaging: true) else { return 1 }
        let ours = all.filter { isMeant($0.key) }
        guard !ours.isEmpty else { return unread }
        let before = try new.tip(of: ref.reference)
        let base = try before ?? new.notesBase(of: ref)
        let (rescued, lost) = try new.laying(ours, from: old, on: base, by: ref)
        _ = try new.move(ref.reference, from: before, to: rescued)
        return unread + lost
    }

    private func changePlaces() throws(FileError) {
        repository = nil
        if try files.kind(of: path) != nil {
            try files.removeAll(remains)
            try files.move(path, to: remains)
        }
        try files.move(draft, to: path)
    }
}

/// The references of a repository that is too damaged for git to open: read from its files.
private struct LooseReferences {
    private(set) var notes: [NotesRef: GitObjectID] = [:]

    init(of repository: String, in files: FileTree) throws(FileError) {
        let packed = try files.readIfPresent(repository + "/packed-refs", limit: 64 << 20) ?? []
        for line in String(decoding: packed, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count == 2, fields[1].hasPrefix(NotesRef.own) else { continue }
            add(String(fields[1]), fields[0])
        }
        try addLoose(below: NotesRef.own, of: repository, in: files)
    }

    private mutating func addLoose(
        below prefix: String, of repository: String, in files: FileTree
    ) throws(FileError) {
        let directory = repository + "/" + prefix
        guard try files.kind(of: directory) == .directory else { return }
        for entry in try files.entries(of: directory) {
            if entry.kind == .directory {
                try addLoose(below: prefix + entry.name + "/", of: repository, in: files)
            } else if let bytes = try? files.read(directory + entry.name, limit: 1 << 10) {
                add(prefix + entry.name, String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline })
            }
        }
    }

    private mutating func add(_ name: String, _ hex: Substring) {
        guard let ref = NotesRef(reference: name), let id = GitObjectID(hex) else { return }
        notes[ref] = id
    }
}
