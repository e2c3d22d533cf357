/// Lines at the end of a commit's message by which it asks for more than its files say.
public enum Trailer {
    /// What may be destroyed, by name: `lv/vg0/xps-101`.
    public static let destroy = "Allow-Destroy"
    /// What is started anew with the commit: `xps-101`.
    public static let restart = "Restart"
}

/// One commit of the repository of desired state, as far as a reconciler wants to know it.
public struct Commit: Hashable, Sendable {
    public let id: CommitID
    /// The name of its tree: equal trees hold equal files.
    public let tree: String
    public let author: String
    /// Seconds since 1970-01-01 00:00 UTC.
    public let time: Int64
    public let message: String
    /// Read once: whoever waits asks again and again.
    private let trailers: [TrailerLine]

    private struct TrailerLine: Hashable, Sendable {
        /// In small letters.
        let key: String
        let value: String
    }

    public init(id: CommitID, tree: String, author: String, time: Int64, message: String) {
        self.id = id
        self.tree = tree
        self.author = author
        self.time = time
        self.message = message
        trailers = Self.trailers(of: message)
    }

    /// The first line of the message.
    public var subject: String { String(message.prefix { $0 != "\n" }) }

    /// The subject, or what fits of it: a line for people.
    public var title: String {
        let start = message.prefix(Self.longestTitle + 1).prefix { $0 != "\n" }
        return start.count > Self.longestTitle ? start.dropLast() + "…" : String(start)
    }

    private static let longestTitle = 100

    /// The values of a trailer such as `Allow-Mass-Delete: yes`, from the last paragraph of the message, as
    /// git-interpret-trailers(1) defines them. The key is compared without regard to case.
    public func trailer(_ key: String) -> [String] {
        guard !trailers.isEmpty else { return [] }
        let key = key.lowercased()
        return trailers.filter { $0.key == key }.map(\.value)
    }

    private static func trailers(of message: String) -> [TrailerLine] {
        guard message.utf8.contains(UInt8(ascii: ":")) else { return [] }
        let paragraphs = message.split(separator: "\n\n", omittingEmptySubsequences: true)
        guard paragraphs.count > 1, let last = paragraphs.last else { return [] }
        return last.split(separator: "\n").compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return TrailerLine(key: line[..<colon].lowercased(), value: String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
    }

    /// The names that the values of a trailer list, with commas or blanks between them: `Allow-Disruption: xps-101, xps-102`.
    public func names(inTrailer key: String) -> [String] {
        trailer(key).flatMap { $0.split { $0 == "," || $0.isWhitespace }.map(String.init) }
    }
}
