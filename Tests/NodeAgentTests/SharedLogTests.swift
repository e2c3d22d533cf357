import Presenting
import Synchronization
import TestKit
import Testing

@testable import NodeAgent

@Suite("What other nodes' daemons do")
struct SharedLogTests {
    @Test("is kept and handed on under their names, and not said again; a node's own events bear its name")
    func entries() throws {
        let scratch = try Scratch()
        let said = Mutex<[String]>([])
        let heard = Mutex<[LogEntry]>([])
        let log = EventLog(format: .text, style: .plain, diary: try Diary(stateDirectory: scratch.path)) { line, _ in
            said.withLock { $0.append(line) }
        }
        log.tell { entry in heard.withLock { $0.append(entry) } }
        log.say("early")
        log.happens(on: "alpha")
        log.say("own")
        log.take(LogEntry(time: "2026-11-30T12:00:00Z", level: .info, message: "another's").happening(on: "bravo"))
        #expect(heard.withLock { $0.map(\.node) } == [nil, "alpha", "bravo"])
        let entries = try Diary.entries(of: scratch.path)
        #expect(entries.map(\.message) == ["early", "own", "another's"] && entries.map { $0.isOf("alpha") } == [true, true, false])
        #expect(said.withLock(\.count) == 2 && said.withLock { $0.allSatisfy { !$0.contains("alpha") } }, "a daemon's own words need no name")
    }
}
