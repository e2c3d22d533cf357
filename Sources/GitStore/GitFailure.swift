public import Diagnostics
import Host

/// Why the repository could not be read or written, with what a person needs to know about it.
public struct GitFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// The server doesn't answer, or not in time: try again later.
        case unreachable, timedOut
        /// The server answers, but not to us.
        case denied
        case notARepository
        /// No such revision, or no such directory in it.
        case missing
        /// There is nothing in it: never taken for "delete everything".
        case empty
        /// The mirror is damaged; the next fetch clones it anew.
        case corrupt
        /// Others write, or keep it locked, at the same time.
        case contended
        case diskFull
        case other
    }

    public let reason: Reason
    public let finding: Finding

    init(_ reason: Reason, _ message: String, expected: String? = nil, remedy: String? = nil) {
        self.reason = reason
        finding = .error(message.terminalSafe, expected: expected, remedy: remedy)
    }

    init(_ finding: Finding) {
        reason = .other
        self.finding = finding
    }

    public var description: String { finding.description }
}

extension GitFailure {
    /// Any error in our words.
    init(_ error: any Error, doing what: String) {
        switch error {
        case let failure as GitFailure: self = failure
        case let error as LibraryError: self.init(error, doing: what)
        case let error as FileError: self.init(error.finding)
        case let error as CommandError: self.init(error.finding)
        default: self.init(.other, "can't \(what): \(error)")
        }
    }

    private init(_ error: LibraryError, doing what: String) {
        let message = "can't \(what): \(error.message)"
        if error.isForeign || error.message.contains("Permission denied") {
            self.init(
                .denied, message,
                remedy: "it belongs to another user: choose a directory of your own (--state-dir), or run as its owner")
        } else if error.message.contains("No space left") {
            self.init(.diskFull, message, remedy: Reason.diskFull.remedy)
        } else {
            self.init(
                .corrupt, message, remedy: "the next fetch clones the repository anew, and keeps the notes")
        }
    }

    /// What a `git` that talked to a server meant.
    init(_ error: CommandError, talkingTo remote: Remote, within limit: Duration) {
        switch error {
        case .timedOut:
            self.init(
                .timedOut, "\(remote.shown) did not answer within \(limit)",
                remedy: "is the server up, and the way to it? The last fetched state is still there; --timeout gives it more time")
        case .failed(let output):
            let reason = Self.reason(for: output.error)
            self.init(
                reason, "\(remote.shown): \(remote.redacting(output.lastLines()))", remedy: reason.remedy)
        default:
            self.init(.other, remote.redacting(error.finding.message), remedy: error.finding.remedy)
        }
    }

    /// git speaks English under LANG=C.UTF-8; the more telling line decides where several match.
    private static func reason(for text: String) -> Reason {
        let signs: [(Reason, [String])] = [
            (.diskFull, ["No space left on device", "Disk quota exceeded"]),
            (.contended, ["cannot lock ref", "unable to lock", ".lock': File exists", "some local refs could not be updated"]),
            (
                .notARepository,
                [
                    "does not appear to be a git repository", "epository not found", "' not found",
                    "not a git repository (or any", "must be run in a work tree",
                ]
            ),
            (
                .denied,
                [
                    "Permission denied", "Authentication failed", "could not read Username", "could not read Password",
                    "terminal prompts disabled", "Host key verification failed", "error: 403", "dubious ownership",
                ]
            ),
            (
                .unreachable,
                [
                    "Could not resolve host", "unable to look up", "Connection refused", "Connection timed out",
                    "Connection reset", "Connection closed", "No route to host", "Network is unreachable",
                    "Failed to connect", "unable to access", "early EOF", "hung up unexpectedly",
                    "Could not read from remote repository",
                ]
            ),
        ]
        return signs.first { $0.1.contains { text.contains($0) } }?.0 ?? .other
    }
}

extension GitFailure.Reason {
    fileprivate var remedy: String? {
        switch self {
        case .diskFull: "make room for the state directory; nothing has been changed"
        case .notARepository: "is the address right? --repo takes a directory or a URL"
        case .denied: "check that this user's key or credential helper may read it: git ls-remote URL"
        case .unreachable: "the last fetched state is still there; the next cycle tries again"
        default: nil
        }
    }
}
