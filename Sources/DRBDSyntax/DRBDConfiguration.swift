public import Diagnostics

/// A file of drbd.conf(5), of any DRBD from 8.3 to 9: sections, parameters, words. Keywords are not judged
/// here; drbdadm does that.
///
/// Two values are `==` when they say the same in the same order with the same quotes; `isEquivalent(to:)`
/// compares what they mean.
public struct DRBDConfiguration: Hashable, Sendable {
    public var statements: [Statement]

    public init(_ statements: [Statement] = []) { self.statements = statements }
}

extension DRBDConfiguration {
    /// A parameter (`protocol C;`), or a section with its contents (`net { … }`).
    ///
    /// "Each section consists of one or more keywords, sometimes a section name, an opening brace (“{”), the section's
    /// contents, and a closing brace (“}”). Parameters inside a section consist of a keyword, followed by one or more keywords
    /// or values, and a semicolon (“;”)." (drbd.conf(5), 9.0)
    public struct Statement: Hashable, Sendable {
        public var keyword: Word
        public var arguments: [Word]
        /// Nil for a parameter.
        public var body: [Statement]?
        public var origin: Origin

        public init(_ keyword: Word, _ arguments: [Word] = [], body: [Statement]? = nil, origin: Origin = Origin()) {
            self.keyword = keyword
            self.arguments = arguments
            self.body = body
            self.origin = origin
        }

        /// "In addition, any section can be prefixed with the keyword skip, which causes the section and any sub-sections to be
        /// ignored." (drbd.conf(5), 9.0)
        public var isSkipped: Bool { keyword.isSkip && body != nil }
    }

    /// A keyword or a value. `192.0.2.1:7000` and `[0]` are one word each.
    public struct Word: Hashable, Sendable, ExpressibleByStringLiteral {
        /// Without the quotes, escapes resolved.
        public var text: String
        /// Whether it stood in quotes: drbdadm takes `on` for a keyword and `"on"` for a name.
        public var isQuoted: Bool

        public init(_ text: String, isQuoted: Bool = false) {
            self.text = text
            self.isQuoted = isQuoted
        }

        public init(stringLiteral text: String) { self.init(text) }

        var isSkip: Bool { text == "skip" && !isQuoted }
    }
}

extension [DRBDConfiguration.Statement] {
    /// The sections of this name, those that drbdadm skips left out.
    func sections(_ keyword: String) -> [Element] {
        filter { $0.body != nil && $0.keyword.text == keyword }
    }

    /// The last parameter of this name.
    func parameter(_ keyword: String) -> Element? {
        last { $0.body == nil && $0.keyword.text == keyword }
    }
}
