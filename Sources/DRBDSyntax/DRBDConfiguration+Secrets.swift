public import Diagnostics

extension DRBDConfiguration {
    /// Every `shared-secret` of a file, whatever else is wrong with it; those that drbdadm skips too. And passwords in addresses, which handlers call.
    ///
    /// "Configure the shared secret used for peer authentication." (drbd.conf(5), 9.0)
    public static func secrets(in source: SourceText) -> [Secret] {
        guard source.range(of: keyword) != nil || source.range(of: "://") != nil else { return [] }
        var search = Search(source)
        var lexer = Lexer(source)
        lexer.isMuted = true
        var token = lexer.next()
        while token.kind != .end {
            search.take(token)
            token = lexer.next()
        }
        return search.secrets
    }

    private static let keyword = "shared-secret"

    private struct Search {
        private(set) var secrets: [Secret] = []
        private let source: SourceText
        /// The sections that are open, and the words since the last `{`, `}` or `;`, or since a line without one.
        private var sections: [String] = []
        private var words: [Word] = []

        init(_ source: SourceText) { self.source = source }

        mutating func take(_ token: Lexer.Token) {
            switch token.kind {
            case .word(let word):
                if words == [Word(keyword)] { add(word, token.range) } else { addAddresses(token.range) }
                words = token.startsLine && word == Word(keyword) ? [word] : words + [word]
                return
            case .open: sections.append(words.map(\.text).joined(separator: " "))
            case .close: _ = sections.popLast()
            case .semicolon, .end: break
            }
            words = []
        }

        private mutating func add(_ word: Word, _ range: Range<Int>) {
            secrets.append(Secret(path: sections + [keyword], value: word.text, range: range, notation: Self.notation))
        }

        private mutating func addAddresses(_ range: Range<Int>) {
            guard let handler = words.first?.text else { return }
            secrets += source.credentials(in: range).map { range in
                Secret(path: sections + [handler, "password"], value: String(decoding: source.bytes[range], as: UTF8.self), range: range) { value in
                    value.utf8.allSatisfy { $0 > UInt8(ascii: " ") && !"\"'\\@/,;".utf8.contains($0) } ? value : nil
                }
            }
        }

        /// A line break can't be written in this format at all.
        private static func notation(_ value: String) -> String? {
            value.utf8.contains(UInt8(ascii: "\n")) ? nil : Word(value, isQuoted: true).description
        }
    }
}
