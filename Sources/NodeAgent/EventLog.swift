public import ClusterModel
internal import Diagnostics
internal import FoundationEssentials
public import Presenting
internal import Records
internal import Synchronization

/// Says what happens, as it happens: a line an event, for people or as JSON.
public final class EventLog: Sendable {
    public enum Format: String, Hashable, Sendable, CaseIterable { case text, json }

    public enum Level: String, Hashable, Sendable { case info, warning, error }

    private let format: Format
    private let style: Style
    private let write: @Sendable (String, Level) -> Void
    private let last = Mutex<[String: String]>([:])

    public init(format: Format, style: Style, write: @escaping @Sendable (String, Level) -> Void) {
        self.format = format
        self.style = style
        self.write = write
    }

    /// - Parameter commit: is a field of its own where programs read the log.
    public func say(_ message: String, _ level: Level = .info, about commit: CommitID? = nil, fields: KeyValuePairs<String, String> = [:]) {
        let now = Date().formatted(.iso8601)
        let message = Self.bounded(message)
        switch format {
        case .text: write(text(now, message, level, fields), level)
        case .json: write(json(now, message, level, commit, fields), level)
        }
    }

    /// What a tool, or a commit, says may be of any length.
    private static func bounded(_ message: String) -> String {
        guard message.utf8.count > longestLine else { return message }
        let lines = message.split(separator: "\n")
        let shown = lines.prefix(mostLines).map { $0.utf8.count > longestLine ? $0.prefix(longestLine - 20) + " …" : $0 }
        return (shown + (lines.count > mostLines ? ["… and \(lines.count - mostLines) more lines"] : [])).joined(separator: "\n")
    }

    private static let longestLine = 500
    private static let mostLines = 30

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

    private func text(
        _ time: String, _ message: String, _ level: Level, _ fields: KeyValuePairs<String, String>
    ) -> String {
        let tone: Style.Tone = level == .error ? .bad : level == .warning ? .changed : .strong
        let details = fields.map { " \($0.key)=\($0.value.terminalSafe)" }.joined()
        let lines = message.split(separator: "\n").map { String($0).terminalSafe }
        let first = "\(style(time, .faint)) \(level == .info ? lines.first ?? "" : style(lines.first ?? "", tone))"
        return ([first + style(details, .faint)] + lines.dropFirst().map { "    \($0)" }).joined(separator: "\n")
    }

    private func json(
        _ time: String, _ message: String, _ level: Level, _ commit: CommitID?, _ fields: KeyValuePairs<String, String>
    ) -> String {
        var object = ["version": "1", "time": time, "level": level.rawValue, "message": message]
        object["commit"] = commit?.hex
        for (key, value) in fields { object[key] = value }
        return JSON.line(object)
    }
}
