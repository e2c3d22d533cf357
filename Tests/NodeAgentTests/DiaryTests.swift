import Host
import NodeAgent
import Presenting
import TestKit
import Testing

/// The last events of a node.
@Suite struct DiaryTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func log() throws -> EventLog {
        EventLog(format: .text, style: .plain, diary: try Diary(stateDirectory: scratch.path)) { _, _ in }
    }

    private func messages(_ reader: inout Diary.Reader) throws -> [String] { try reader.next().map(\.message) }

    @Test("who reads gets all that was said, then what is said since, across processes")
    func following() throws {
        var reader = Diary.Reader(stateDirectory: scratch.path)
        #expect(try reader.next().isEmpty)
        try log().say("one", step: "adjust a")
        try log().say("two\nlines", .error)
        let entries = try reader.next()
        #expect(entries.map(\.message) == ["one", "two\nlines"] && entries.map(\.level) == [.info, .error] && entries[0].step == "adjust a")
        #expect(try reader.next().isEmpty)
        try log().say("three")
        #expect(try messages(&reader) == ["three"])
    }

    @Test("two files of a bounded size; who follows misses nothing when they change places; half a line is none yet")
    func bounds() throws {
        let log = try log()
        var reader = Diary.Reader(stateDirectory: scratch.path)
        _ = try reader.next()
        let long = String(repeating: "x", count: 400)
        var read: [String] = []
        var moves = 0
        for number in 1...9000 {
            log.say("\(number) \(long)")
            let hasMoved = try FileTree(root: scratch.path + "/log").kind(of: "/events.jsonl") == nil
            if number % 700 == 0 || hasMoved { read += try messages(&reader) }
            moves += hasMoved ? 1 : 0
        }
        read += try messages(&reader)
        #expect(moves > 2)
        #expect(read.map { $0.prefix { $0 != " " } } == (1...9000).map { "\($0)"[...] })
        let tree = FileTree(root: scratch.path + "/log")
        let sizes = try tree.regularFiles(in: "/").map { try tree.read("/" + $0).count }
        #expect(sizes.count == 2 && sizes.allSatisfy { $0 < 1_100_000 }, "\(sizes)")
        _ = try tree.append(Array(#"{"version":"1","time":"t","le"#.utf8), to: "/events.jsonl")
        #expect(try reader.next().isEmpty)
        _ = try tree.append(Array("vel\":\"info\",\"message\":\"whole\"}\nnonsense\n".utf8), to: "/events.jsonl")
        #expect(try messages(&reader) == ["whole"])
    }
}
