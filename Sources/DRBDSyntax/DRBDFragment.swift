public import Diagnostics

/// A statement of a file's outermost level as it stands there: with the comment above it and the one behind it.
public struct DRBDFragment: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
        case resource(String)
        /// `global`, `common`, and whatever else is about no one resource.
        case common
        case include
    }

    public let subject: Subject
    public let source: SourceText
    private let range: Origin
    /// The keyword.
    private let head: Origin

    public var bytes: ArraySlice<UInt8> { source.bytes[range.range] }

    public var place: Place { source.place(of: head) }
}

extension DRBDFragment {
    /// All of a file, cut behind each statement: joined they are the file again. None of a file without statements.
    public static func all(of source: SourceText) -> [DRBDFragment] {
        var lexer = Lexer(source)
        lexer.isMuted = true
        var fragments: [DRBDFragment] = []
        var start = 0
        while let statement = Extent(&lexer) {
            let end = source.lineEnd(after: statement.end)
            fragments.append(
                DRBDFragment(subject: statement.subject, source: source, range: Origin(start..<end), head: Origin(statement.head)))
            start = end
        }
        guard let last = fragments.popLast() else { return [] }
        let rest = Origin(last.range.range.lowerBound..<source.bytes.count)
        return fragments + [DRBDFragment(subject: last.subject, source: source, range: rest, head: last.head)]
    }

    /// From a keyword to the `;` or the `}` that ends its statement.
    private struct Extent {
        let head: Range<Int>
        private(set) var end: Int
        private var words: [String] = []

        /// Nil at the end of the file.
        init?(_ lexer: inout Lexer) {
            var token = lexer.next()
            guard token.kind != .end else { return nil }
            (head, end) = (token.range, token.range.upperBound)
            var depth = 0
            while token.kind != .end {
                end = token.range.upperBound
                switch token.kind {
                case .open: depth += 1
                case .close: depth -= 1
                case .word(let word) where depth == 0: words.append(word.text)
                default: break
                }
                if depth <= 0, token.kind == .close || token.kind == .semicolon { return }
                token = lexer.next()
            }
        }

        var subject: Subject {
            switch (words.first, words.count) {
            case ("resource", 2...): .resource(words[1])
            case ("include", _): .include
            default: .common
            }
        }
    }
}

extension SourceText {
    /// The start of the next line, where nothing but a comment follows on this one.
    fileprivate func lineEnd(after offset: Int) -> Int {
        let line = bytes[offset...].prefix { $0 != UInt8(ascii: "\n") }
        guard line.first(where: { !$0.isBlank }).map({ $0 == UInt8(ascii: "#") }) ?? true else { return offset }
        return min(line.endIndex + 1, bytes.count)
    }
}
