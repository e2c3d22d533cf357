internal import FoundationEssentials
public import Host
public import Presenting
internal import Synchronization

/// The last events of a node, kept in its state directory for who asks later: a file of lines in JSON, and the one before it. When the newer one is
/// full it takes the place of the older.
public final class Diary: Sendable {
    /// Bytes of one of the two files: some five thousand events.
    private static let size = 1 << 20
    private static let newer = "log/events.jsonl"
    private static let older = "log/events.1.jsonl"

    private let tree: FileTree
    private let lock = Mutex(())

    public init(stateDirectory: String) throws {
        tree = FileTree(root: stateDirectory)
        try tree.makeDirectory("log", mode: 0o750)
        tree.giveGroup(of: "/", to: "log")
    }

    /// A log that can't be kept stops nobody.
    func add(_ entry: LogEntry) {
        lock.withLock { _ in
            let line = Array((entry.json + "\n").utf8)
            guard let size = try? tree.append(line, to: Self.newer, mode: 0o640, isLasting: false) else { return }
            if size == line.count { tree.giveGroup(of: "/", to: Self.newer) }  // it is new
            guard size >= Self.size else { return }
            try? tree.move(Self.newer, to: Self.older)
        }
    }

    /// What is known, oldest first; lines that nobody understands are left out.
    public static func entries(of stateDirectory: String) throws -> [LogEntry] {
        let tree = FileTree(root: stateDirectory)
        return try [older, newer].flatMap { try entries(in: tree.readIfPresent($0) ?? []) }
    }

    static func entries(in bytes: [UInt8]) -> [LogEntry] {
        bytes.split(separator: UInt8(ascii: "\n")).compactMap { try? JSONDecoder().decode(LogEntry.self, from: Data($0)) }
    }
}

extension Diary {
    /// Reads on where it has stopped: what was added since, whatever files have changed places meanwhile.
    public struct Reader {
        private let tree: FileTree
        private var seen = 0
        private var isFirst = true
        /// Of the newer file as it was seen last; nil where there was none.
        private var stamp: FileStamp?

        /// - Parameter stateDirectory: the one of the process that is followed.
        public init(stateDirectory: String) { tree = FileTree(root: stateDirectory) }

        /// What was added since it was asked last; the first time, all of the newer file and the one before it.
        ///
        /// - Throws: where it may not be read.
        public mutating func next() throws(FileError) -> [LogEntry] {
            let now = tree.stamp(of: Diary.newer)
            guard isFirst || now != stamp else { return [] }
            let newer = try tree.readIfPresent(Diary.newer) ?? []
            defer { isFirst = false }
            stamp = now
            // Between a move and the next event there is no newer file.
            if isFirst || newer.count < seen {
                let older = (try tree.readIfPresent(Diary.older) ?? []).dropFirst(seen)
                seen = Self.whole(newer)
                return Diary.entries(in: Array(older)) + Diary.entries(in: Array(newer.prefix(seen)))
            }
            let fresh = newer[seen...]
            let end = Self.whole(newer)
            defer { seen = end }
            return Diary.entries(in: Array(fresh.prefix(upTo: max(end, seen))))
        }

        /// Up to the end of the last line that is written whole.
        private static func whole(_ bytes: [UInt8]) -> Int { bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0 }
    }
}
