internal import Diagnostics
import Subprocess

/// What a program said, and how it ended.
public struct Output: Hashable, Sendable {
    public enum Status: Hashable, Sendable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    public let command: Command
    public let status: Status
    /// All of its standard output.
    public let bytes: [UInt8]
    /// The end of its standard error, at most 128 KiB, as the program wrote it: print `error.terminalSafe`.
    public let error: String
    public let errorIsTruncated: Bool
    public let duration: Duration

    public var succeeded: Bool { status == .exited(0) }

    /// Standard output as text, as the program wrote it: print `text.terminalSafe`.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// This output, if the program ended well.
    /// - Throws: `CommandError.failed` otherwise.
    public func orThrow() throws(CommandError) -> Output {
        guard succeeded else { throw .failed(self) }
        return self
    }

    /// The last lines of standard error (or else of standard output), safe for a terminal.
    public func lastLines(_ count: Int = 5) -> String {
        (error.contains { !$0.isWhitespace } ? error : text).lastLines(count)
    }
}

extension String {
    /// The last lines of what a program said, safe for a terminal: one that goes wrong may say anything, and at any length.
    public func lastLines(_ count: Int) -> String {
        let lines = split(whereSeparator: \.isNewline).suffix(count)
        return lines.map { $0.utf8.count > Self.longestLine ? $0.prefix(Self.longestLine) + " …" : $0 }.joined(separator: "\n").terminalSafe
    }

    /// In characters.
    private static let longestLine = 500
}

extension Output.Status {
    init(_ status: TerminationStatus) {
        switch status {
        case .exited(let code): self = .exited(code)
        case .signaled(let signal): self = .killed(signal: signal)
        }
    }
}

extension Output.Status: CustomStringConvertible {
    public var description: String {
        switch self {
        case .exited(let code): "exit code \(code)"
        case .killed(let signal): "killed by signal \(signal)"
        }
    }
}
