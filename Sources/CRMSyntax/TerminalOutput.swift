internal import Diagnostics
internal import Glibc

/// What has got into a file from a terminal, and is no configuration.
enum TerminalOutput: Hashable {
    /// `WARNING: d: parameter "foo" is not known`: crmsh writes its messages, coloured or not, to where `show` writes the configuration.
    case message
    /// "Select Graphic Rendition" (ECMA-48): `crm configure show` colours words on a terminal.
    case colour

    private static let levels: [StaticString] = ["ERROR:", "WARNING:", "INFO:", "NOTICE:", "DEBUG:", "CRITICAL:"]
    private static let escape: UInt8 = 0x1B

    /// Nil for what has to be read.
    init?(_ line: Slice<UnsafeBufferPointer<UInt8>>) {
        guard let first = line.first, first == Self.escape || first &- UInt8(ascii: "A") < 26 || Self.mayHaveColour(line) else { return nil }
        let text = Self.withoutColour(line)
        if Self.levels.contains(where: { text.starts(with: UnsafeBufferPointer(start: $0.utf8Start, count: $0.utf8CodeUnitCount)) }) {
            self = .message
        } else if text.count < line.count {
            self = .colour
        } else {
            return nil
        }
    }

    func finding(at place: Place) -> Finding {
        switch self {
        case .message:
            .error("this is a message of crmsh's, and no configuration", at: place, remedy: "remove the line")
        case .colour:
            .error(
                "the codes of a terminal's colours can't be part of a CIB", at: place,
                remedy: "take the text from a pipe, which crmsh does not colour: crm configure show | cat")
        }
    }

    private static func mayHaveColour(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let bytes = UnsafeBufferPointer(rebasing: line)
        return bytes.baseAddress.map { memchr($0, Int32(escape), bytes.count) != nil } ?? false
    }

    /// `ESC [ 3 3 m`, and terminfo's `ESC ( B` before `ESC [ m`.
    private static func withoutColour(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
        var text: [UInt8] = []
        var rest = line
        while let byte = rest.popFirst() {
            guard byte == escape, let kind = rest.first, kind == UInt8(ascii: "[") || kind == UInt8(ascii: "(") else {
                text.append(byte)
                continue
            }
            rest.removeFirst()
            while let code = rest.popFirst(), !code.isLetter {}
        }
        return text
    }
}
