internal import ArgumentParser
internal import Glibc
internal import Presenting
internal import Synchronization

/// Standard output and standard error.
enum Terminal {
    static func print(_ lines: [String]) { write(lines.joined(separator: "\n") + "\n", to: 1) }

    static func print(_ text: String) { write(text.hasSuffix("\n") ? text : text + "\n", to: 1) }

    static func complain(_ text: String) { write(text + "\n", to: 2) }

    static func style(_ choice: ColorChoice) -> Style {
        switch choice {
        case .always: Style(isColoured: true)
        case .never: .plain
        case .auto: Style(isColoured: isatty(1) == 1 && getenv("NO_COLOR") == nil && !isDumb)
        }
    }

    static var isTerminal: Bool { isatty(1) == 1 && !isDumb }

    /// Asks a person; where there is none the answer is no.
    static func isAnswered(_ question: String) -> Bool {
        guard isatty(0) == 1, isatty(2) == 1 else { return false }
        write(question + " [y/N] ", to: 2)
        return ["y", "yes"].contains((readLine() ?? "").lowercased())
    }

    /// Why not all of the output could be written; nil where it was, and where nobody reads on (`| head`).
    static var failure: String? { lost.withLock(\.self).map { "can't write the output: \(String(cString: strerror($0)))" } }

    private static let lost = Mutex<Int32?>(nil)

    private static func fail(_ code: Int32, writingTo descriptor: Int32) {
        guard descriptor == 1, code != EPIPE else { return }
        lost.withLock { $0 = code }
    }

    private static var isDumb: Bool { getenv("TERM").map { String(cString: $0) == "dumb" } ?? true }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 || errno == EINTR else { return fail(errno, writingTo: descriptor) }
            bytes = bytes.dropFirst(max(0, written))
        }
    }
}

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}
