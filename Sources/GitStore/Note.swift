public import ClusterModel
import Diagnostics

/// What one node wrote about one commit.
public struct Note: Hashable, Sendable {
    public let ref: NotesRef
    public let commit: CommitID
    public let text: String

    /// A note is for people, and for `git log --notes`: so many bytes at most.
    public static let largest = 16 << 10

    /// What becomes of a note that the commit has already.
    public enum Joining: Hashable, Sendable { case replacing, appending }

    /// The text as git keeps it: with a line break at its end.
    static func normal(_ text: String) throws(GitFailure) -> String {
        let whole = text.hasSuffix("\n") ? text : text + "\n"
        guard text.contains(where: { !$0.isWhitespace }) else { throw GitFailure(.other, "a note can't be empty") }
        guard !text.utf8.contains(0) else { throw GitFailure(.other, "a note can't contain a NUL byte") }
        guard whole.utf8.count <= largest else {
            throw GitFailure(
                .other, "the note has \(whole.utf8.count) bytes", expected: "at most \(largest) bytes",
                remedy: "shorten what it quotes")
        }
        return whole
    }
}

/// How often something is tried that others may have got in the way of, and how long to wait before each next time.
public struct Retries: Sendable {
    public let attempts: Int
    /// Of the number of the attempt, from 1.
    public let pause: @Sendable (Int) -> Duration

    public init(attempts: Int, pause: @escaping @Sendable (Int) -> Duration) {
        self.attempts = max(1, attempts)
        self.pause = pause
    }

    /// For what costs the server something: after one second and after two.
    public static let few = Retries(attempts: 3) { .seconds(1 << ($0 - 1)) + .milliseconds(Int.random(in: 0...250)) }

    /// Waits longer each time, up to half a second, and never as long as its neighbour.
    public static let patient = Retries(attempts: 60) { attempt in
        .milliseconds(Int.random(in: 1...min(500, 4 << min(attempt, 7))))
    }
}
