public import Diagnostics
public import FoundationEssentials

/// Which entries of a log are asked for.
public struct LogFilter: Hashable, Sendable {
    /// ISO 8601, in UTC: such times stand in the order of their letters. Empty: from the beginning on.
    public let first: String
    /// Small letters.
    public let commit: String?

    /// - Parameters:
    ///   - since: a time (`2026-11-30T12:00:00Z`), or a span before `now` (`90s`, `30m`, `2h`, `1d`); nil is from the beginning on.
    ///   - commit: four or more digits of the commit that they are about; nil is any, and none.
    public init(since: String? = nil, commit: String? = nil, before now: Date) throws(Finding) {
        first = try since.map { text throws(Finding) in try Self.moment(text, before: now).formatted(.iso8601) } ?? ""
        guard let commit else {
            self.commit = nil
            return
        }
        guard (4...40).contains(commit.count), commit.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
            throw Finding.error("\"\(commit.terminalSafe)\" is no commit", expected: "four or more digits of its id")
        }
        self.commit = commit.lowercased()
    }

    public func wants(_ entry: LogEntry) -> Bool { entry.time >= first && (commit.map { entry.commit?.hasPrefix($0) == true } ?? true) }

    private static func moment(_ text: String, before now: Date) throws(Finding) -> Date {
        if let date = try? Date(text, strategy: .iso8601) { return date }
        if let span = Span(text) { return now.addingTimeInterval(-Double(span.seconds)) }
        throw Finding.error(
            "\"\(text.terminalSafe)\" is no time", expected: "a time (2026-11-30T12:00:00Z), or a span before now (90s, 30m, 2h, 1d)")
    }
}
