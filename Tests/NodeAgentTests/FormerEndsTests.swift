import ClusterModel
import Executing
import FoundationEssentials
import GitStore
import Observing
import Presenting
import Reconciling
import Records
import Synchronization
import TestKit
import Testing

@testable import NodeAgent

@Suite("What was told before a daemon was started anew is not told again")
struct FormerEndsTests {
    private let commit = CommitID.made(of: "a")
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func entry(_ event: Occasion, _ text: String, at time: String) -> LogEntry {
        LogEntry(time: time, level: .info, message: "\(commit.short) \(event.rawValue)\(text)", event: event, commit: commit.hex)
    }

    private func conclusion(_ result: CommitResult, _ text: String = "") -> Conclusion {
        Conclusion(commit: commit, result: result, text: text, work: nil)
    }

    @Test("the last end counts, of the diary or of the note; another end, or another reason of a refusal, is news")
    func moments() {
        var ends = FormerEnds()
        ends.add(entry(.converged, "", at: "2026-01-01T00:00:10Z"))
        ends.add(entry(.waiting, "", at: "2026-01-01T00:00:11Z"))
        #expect(ends.lastSuccess == 1_767_225_610)
        var (same, other) = (ends, ends)
        #expect(same.moment(of: conclusion(.converged)) == "2026-01-01T00:00:10Z")
        #expect(same.moment(of: conclusion(.converged)) == nil, "who lives knows what it has told")
        #expect(other.moment(of: conclusion(.failed, "no space")) == nil)
        ends.add(entry(.refused, ": port 7000 is taken", at: "2026-01-01T00:00:12Z"))
        ends.add(
            NoteRecord(result: .converged, cluster: "c", node: "n1", commit: commit, started: .distantPast, finished: Date(timeIntervalSince1970: 5)))
        (same, other) = (ends, ends)
        #expect(same.moment(of: conclusion(.refused, "port 7001 is taken")) != nil)
        #expect(other.moment(of: conclusion(.refused, "no such disk")) == nil)
        #expect(ends.lastSuccess == 1_767_225_610)
    }

    @Test("neither the log nor the metrics have it twice; the age of the last success is that of the end")
    func restart() throws {
        let heard = Mutex<[String]>([])
        func life() throws -> (Chronicle, Bulletin) {
            let log = EventLog(format: .text, style: .plain, diary: try Diary(stateDirectory: scratch.path)) { _, _ in }
            log.tell { entry in heard.withLock { $0 += [entry.event].compactMap(\.self) } }
            let mirror = try Mirror(of: Remote(scratch.path + "/repo"), state: scratch.path)
            let notes = try NoteWriter(
                mirror, DesiredReader(mirror, path: nil), cluster: "c", as: "n1", log: log, stateDirectory: scratch.path)
            let bulletin = Bulletin()
            var settings = Settings(repository: ".", stateDirectory: scratch.path)
            settings.cib = .file(scratch.path + "/cib.xml")
            return (Chronicle(log, notes, mirror, Deposits(stateDirectory: scratch.path), bulletin, ChangeWatch(settings)), bulletin)
        }
        let (first, _) = try life()
        first.take(.concluded(conclusion(.converged)))
        let (second, bulletin) = try life()
        var former = FormerEnds()
        for entry in try Diary.entries(of: scratch.path) { former.add(entry) }
        second.remember(former)
        second.take(.concluded(conclusion(.converged)))
        #expect(heard.withLock { $0.filter { $0 == "converged" } }.count == 1)
        #expect(bulletin.tally.results.isEmpty && bulletin.tally.lastSuccess == former.lastSuccess && former.lastSuccess != nil)
        #expect(second.result(of: commit) == .converged)
        second.take(.concluded(conclusion(.failed, "no space")))
        second.take(.concluded(conclusion(.converged)))
        #expect(bulletin.tally.results == [.failed: 1, .converged: 1])
    }
}
