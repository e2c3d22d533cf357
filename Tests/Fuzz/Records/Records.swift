import ClusterModel
import Diagnostics
import Presenting
import Properties
import Records

/// What comes back from git: the records in a note, and the trailers of a commit's message.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = source(data, count).text
    for record in NoteRecord.records(in: text) { requireRead(record) }
    let id = CommitID(String(repeating: "0", count: 40))!
    let commit = Commit(id: id, tree: id.hex, author: "a", time: 0, message: text)
    _ = commit.subject
    for value in commit.trailer("allow-mass-delete") {
        require(!value.contains("\n"), "the value of a trailer is one line: \(value)")
    }
    return 0
}

/// What is written is a note that git takes, drives no terminal, and gives the record back.
private func requireRead(_ record: NoteRecord) {
    let text = record.text
    require(text.utf8.count <= 16 << 10, "a note of \(text.utf8.count) bytes is short enough")
    require(text.terminalSafe == text, "a note drives no terminal:\n\(text)")
    let again = NoteRecord.records(in: text)
    require(again.count == 1, "one record is written as one:\n\(text)")
    require(again[0].result == record.result && again[0].commit == record.commit, "it is the same record:\n\(text)")
    require(again[0].text.utf8.count <= text.utf8.count, "a note does not grow when it is read and written:\n\(text)")
}
