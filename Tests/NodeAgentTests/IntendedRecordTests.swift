import ClusterModel
import FoundationEssentials
import Reconciling
import Records
import TestKit
import Testing

@testable import NodeAgent

/// Who is killed between the transaction and its note tells of it after the next start, and not of nothing.
struct IntendedRecordTests {
    private let scratch: Scratch
    private let commit = CommitID.made(of: "a")

    init() throws { scratch = try Scratch() }

    private func record(_ result: CommitResult, _ changes: [NoteRecord.ObjectChange] = []) -> NoteRecord {
        var record = NoteRecord(result: result, cluster: "one", node: "n1", commit: commit, started: Date(timeIntervalSince1970: 1), finished: Date())
        record.changes = changes
        return record
    }

    @Test("what was meant to be done is found by the next process, of its commit alone, until it is told")
    func kept() throws {
        let change = NoteRecord.ObjectChange(action: "create", kind: "primitive", name: "xps-101")
        try IntendedRecord(stateDirectory: scratch.path).keep(record(.failed, [change]))
        let next = IntendedRecord(stateDirectory: scratch.path)
        #expect(next.record(of: commit)?.changes.map(\.name) == ["xps-101"])
        #expect(next.record(of: .made(of: "b")) == nil)
        try next.forget()
        #expect(next.record(of: commit) == nil)
        try next.forget()
    }

    @Test("a note is completed with it: its changes, steps and beginning, and none of it twice")
    func completed() throws {
        var intended = record(.failed, [NoteRecord.ObjectChange(action: "create", kind: "primitive", name: "xps-101")])
        (intended.steps, intended.cibBefore, intended.script) = (["write a", "transact"], "0.7.1", "primitive xps-101 …")
        var told = record(.converged)
        (told.started, told.steps) = ("2026-01-01T00:00:00Z", ["transact", "record good"])
        told.complete(with: intended)
        #expect(told.changes.map(\.name) == ["xps-101"] && told.steps == ["write a", "transact", "record good"])
        #expect(told.cibBefore == "0.7.1" && told.started == intended.started && told.result == "converged")
    }

    @Test("what another one has made since is not replaced by it")
    func own() {
        var told = record(.converged, [NoteRecord.ObjectChange(action: "delete", kind: "primitive", name: "b")])
        told.complete(with: record(.failed, [NoteRecord.ObjectChange(action: "create", kind: "primitive", name: "a")]))
        #expect(told.changes.map(\.name) == ["b"])
    }
}
