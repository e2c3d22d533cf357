public import Diagnostics
import Glibc

/// What could not be done to which file, and why.
public struct FileError: Error, Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// An errno of the kernel.
        case system(Int32)
        case symbolicLink
        case notRegular
        case tooLarge(limit: Int)
        /// Its mode lets others than its owner at it.
        case exposed(mode: UInt32)
        /// The path would lead out of the tree.
        case outside
        /// Another process holds the lock; its number, if it is known.
        case locked(by: Int32?)
    }

    /// `read`, `write`, `list`: a verb.
    public let action: String
    public let path: String
    public let reason: Reason

    init(_ action: String, _ path: String, _ reason: Reason) {
        self.action = action
        self.path = path
        self.reason = reason
    }

    public var isMissing: Bool { reason == .system(ENOENT) || reason == .system(ENOTDIR) }
}

extension FileError {
    public var finding: Finding {
        .error("can't \(action) \(path.terminalSafe): \(words)", remedy: remedy)
    }

    private var words: String {
        switch reason {
        case .system(let code): String(cString: strerror(code))
        case .symbolicLink: "it is a symbolic link, which is never followed here"
        case .notRegular: "it is not a regular file"
        case .tooLarge(let limit): "it is larger than \(limit) bytes"
        case .exposed(let mode): "its mode is 0\(String(mode, radix: 8)), so that others than its owner may use it"
        case .outside: "\"..\" would lead out of the tree"
        case .locked(let holder?): "process \(holder) is using it"
        case .locked(nil): "another process is using it"
        }
    }

    private var remedy: String? {
        switch reason {
        case .system(EACCES), .system(EPERM):
            "it belongs to another user: choose a directory of your own (--state-dir), or run as its owner"
        case .system(ENOSPC), .system(EDQUOT): "make room on that file system; nothing has been changed"
        case .system(EROFS): "that file system is mounted read-only"
        case .exposed: "chmod 600 \(path.terminalSafe)"
        case .locked: "wait for it to end, or give this one another --state-dir"
        default: nil
        }
    }
}

extension FileError: CustomStringConvertible {
    public var description: String { finding.description }
}
