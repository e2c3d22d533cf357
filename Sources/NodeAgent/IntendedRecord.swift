internal import ClusterModel
internal import Host
internal import Records

/// The record of a transaction that is about to be made. Whoever dies between the transaction and its note finds here, when started again, what
/// there is to tell.
struct IntendedRecord: Sendable {
    private let state: FileTree
    private static let path = "/intended"

    init(stateDirectory: String) { state = FileTree(root: stateDirectory) }

    func keep(_ record: NoteRecord) throws(FileError) { try state.write(Array(record.text.utf8), to: Self.path, mode: 0o600) }

    /// What was meant to be done for a commit; nil where it was told, or nothing was meant.
    func record(of commit: CommitID) -> NoteRecord? {
        guard let bytes = try? state.readIfPresent(Self.path) else { return nil }
        return NoteRecord.records(in: String(decoding: bytes, as: UTF8.self)).last { $0.commit == commit.hex }
    }

    /// It has been told.
    func forget() throws(FileError) {
        guard try state.kind(of: Self.path) != nil else { return }
        try state.remove(Self.path)
    }
}

extension NoteRecord {
    /// Takes over what was done before this process was started.
    mutating func complete(with intended: NoteRecord) {
        guard changes.isEmpty else { return }
        (changes, script, cibBefore, started) = (intended.changes, intended.script, intended.cibBefore, intended.started)
        let steps = intended.steps ?? []
        self.steps = steps + (self.steps ?? []).filter { !steps.contains($0) }
        files = intended.files + files.filter { !intended.files.contains($0) }
    }
}
