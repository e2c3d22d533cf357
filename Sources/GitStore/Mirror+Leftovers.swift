import Host

// What those leave behind who die in the middle, and what nobody needs any more.
extension Mirror {
    /// Locks and half-made packs of our own gits that are no more. Whoever calls this holds the mirror's lock; that on a notes reference of our own is
    /// the business of the process that holds the state directory.
    func clearLeftovers() throws(FileError) {
        guard try files.kind(of: path) == .directory else { return }
        for entry in try files.entries(of: path) where entry.name.hasSuffix(".lock") { try files.remove("\(path)/\(entry.name)") }
        for directory in ["refs/heads", "refs/tags", "refs/coxswain", "refs/notes/remote"] { try clearLocks(in: "\(path)/\(directory)") }
        let packs = path + "/objects/pack"
        guard try files.kind(of: packs) == .directory else { return }
        for entry in try files.entries(of: packs) where entry.name.hasPrefix("tmp_") { try files.remove("\(packs)/\(entry.name)") }
    }

    /// Those on notes references of our own. Whoever calls this holds the state directory: nobody else writes notes there.
    public func clearNotesLocks() throws(GitFailure) {
        do { try clearLocks(in: path + "/" + NotesRef.own) } catch { throw GitFailure(error, doing: "clear locks") }
    }

    private func clearLocks(in directory: String) throws(FileError) {
        guard try files.kind(of: directory) == .directory else { return }
        for entry in try files.entries(of: directory) {
            if entry.kind == .directory {
                try clearLocks(in: "\(directory)/\(entry.name)")
            } else if entry.name.hasSuffix(".lock") {
                try files.remove("\(directory)/\(entry.name)")
            }
        }
    }

    /// Mirrors of addresses that nobody has asked for in a long time, and what is left of damaged ones.
    func removeForgotten() {
        let now = files.modificationTime(of: lockPath) ?? 0
        for entry in (try? files.entries(of: state)) ?? [] where entry.kind == .directory && entry.name.hasPrefix("mirror-") {
            let place = "\(state)/\(entry.name)"
            guard place != path, let mirror = entry.name.firstRange(of: ".git") else { continue }
            let stamp = entry.name.hasSuffix(".git") ? Self.lockPath(of: String(entry.name[..<mirror.lowerBound]), in: state) : place
            guard let last = files.modificationTime(of: stamp) ?? files.modificationTime(of: place), now - last > Self.memory, !keepsNotes(place)
            else { continue }
            try? files.removeAll(place)
        }
    }

    /// Whether there are notes that no server has.
    private func keepsNotes(_ place: String) -> Bool {
        guard place.hasSuffix(".git"), let other = try? ObjectDatabase(at: place), let own = try? other.references(below: NotesRef.own) else {
            return false
        }
        return own.contains { name, tip in NotesRef(reference: name).map { (try? other.tip(of: $0.fetchedReference)) != tip } ?? false }
    }

    /// Seconds: a month.
    private static let memory: Int64 = 30 * 86400
}
