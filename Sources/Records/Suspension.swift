internal import Diagnostics
internal import FoundationEssentials

/// A person lets nothing be changed for a while. It stands in the cluster's record: all nodes know of it, and so does each process that starts.
public struct Suspension: Hashable, Sendable, Codable {
    /// Who asked, and where: `root@alpha`.
    public let by: String
    public let reason: String?
    /// Seconds since 1970.
    public let since: Int64
    /// Nil is until somebody resumes.
    public let until: Int64?

    /// Bytes of the words of a person.
    private static let longestName = 64
    private static let longestReason = 200

    /// - Parameter reason: is cut: it is kept in the CIB.
    public init(by: String, reason: String? = nil, since: Int64, until: Int64? = nil) {
        let name = by.split(whereSeparator: \.isWhitespace).joined().singleLine.beginning(ofBytes: Self.longestName)
        self.by = name.isEmpty ? "somebody" : name
        self.reason = reason.map { $0.singleLine.beginning(ofBytes: Self.longestReason) }.flatMap { $0.isEmpty ? nil : $0 }
        (self.since, self.until) = (since, until)
    }

    public func isInForce(at time: Int64) -> Bool { until.map { $0 > time } ?? true }

    /// `2026-11-30T20:00Z until 2026-11-30T22:00Z by root@alpha: a new kernel`, for people.
    public var description: String {
        let end = until.map { " until \(Self.moment($0))" } ?? ""
        return "since \(Self.moment(since))\(end) by \(by)" + (reason.map { ": \($0)" } ?? "")
    }
}

// As a value of the cluster's record: an interval of ISO 8601 (`..` for an end that is open), who, and why.
extension Suspension {
    var text: String {
        "\(Self.moment(since))/\(until.map(Self.moment) ?? "..") \(by)" + (reason.map { " \($0)" } ?? "")
    }

    /// What can't be read suspends too, without an end: somebody meant it so.
    init(text: String) {
        let words = text.split(separator: " ", maxSplits: 2)
        let interval = words.first.map { $0.split(separator: "/", omittingEmptySubsequences: false) } ?? []
        guard words.count >= 2, interval.count == 2, let since = Self.seconds(interval[0]) else {
            self.init(by: "somebody", reason: text, since: 0)
            return
        }
        self.init(by: String(words[1]), reason: words.count > 2 ? String(words[2]) : nil, since: since, until: Self.seconds(interval[1]))
    }

    private static func moment(_ seconds: Int64) -> String { Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601) }

    private static func seconds(_ text: Substring) -> Int64? {
        (try? Date(String(text), strategy: .iso8601)).map { Int64($0.timeIntervalSince1970) }
    }
}
