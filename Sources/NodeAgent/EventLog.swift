public import ClusterModel
internal import Diagnostics
internal import FoundationEssentials
public import Presenting
internal import Synchronization

/// Says what happens, as it happens: a line an event, for people or as JSON; and keeps it for who asks later.
public final class EventLog: Sendable {
    public enum Format: String, Hashable, Sendable, CaseIterable { case text, json }

    public typealias Level = LogEntry.Level

    private let format: Format
    private let style: Style
    private let diary: Diary?
    private let write: @Sendable (String, Level) -> Void
    private let listeners = Mutex<[@Sendable (LogEntry) -> Void]>([])
    private let last = Mutex<[String: String]>([:])
    private let name = Mutex<String?>(nil)

    /// - Parameter diary: nil keeps nothing.
    public init(format: Format, style: Style, diary: Diary? = nil, write: @escaping @Sendable (String, Level) -> Void) {
        self.format = format
        self.style = style
        self.diary = diary
        self.write = write
    }

    /// - Parameters:
    ///   - event: what kind of thing has happened.
    ///   - commit: what it is about.
    ///   - step: the step that was taken.
    ///   - wait: what is waited for.
    ///   - proposal: what a branch would do.
    public func say(
        _ message: String, _ level: Level = .info, _ event: Occasion? = nil, about commit: CommitID? = nil, step: String? = nil,
        wait: String? = nil, proposal: ProposalNote? = nil
    ) {
        let entry = LogEntry(
            time: Date().formatted(.iso8601), level: level, message: message, event: event, commit: commit?.hex, step: step, wait: wait,
            proposal: proposal)
        write(format == .text ? entry.text(style) : entry.json, level)
        keep(name.withLock(\.self).map(entry.happening) ?? entry)
    }

    /// From now on what is kept, and told to others, bears the node's name.
    func happens(on node: String) { name.withLock { $0 = node } }

    /// What has happened on another node: this process says it to nobody on its own behalf.
    func take(_ entry: LogEntry) { keep(entry) }

    private func keep(_ entry: LogEntry) {
        diary?.add(entry)
        for hear in listeners.withLock(\.self) { hear(entry) }
    }

    /// Tells somebody else from now on too; who must not take time for it.
    public func tell(_ listener: @escaping @Sendable (LogEntry) -> Void) { listeners.withLock { $0.append(listener) } }

    /// Says something unless it was the last thing said about this: a wait goes on for long, and is told once.
    public func sayOnce(about topic: String, _ message: String, _ level: Level = .info) {
        let shape = message.shape
        guard last.withLock({ $0.updateValue(shape, forKey: topic) }) != shape else { return }
        say(message, level)
    }

    /// These matters have come to an end: what is said about them next is news again.
    public func forget(_ topics: String...) {
        last.withLock { last in
            for topic in topics { last[topic] = nil }
        }
    }
}
