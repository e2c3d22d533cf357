internal import ArgumentParser
internal import Glibc
internal import Presenting

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

    private static var isDumb: Bool { getenv("TERM").map { String(cString: $0) == "dumb" } ?? true }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 || errno == EINTR else { return }
            bytes = bytes.dropFirst(max(0, written))
        }
    }
}

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}
