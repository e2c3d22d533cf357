/// The name of a commit: 40 lower-case hexadecimal digits (SHA-1), or 64 (SHA-256).
public struct CommitID: Hashable, Sendable, CustomStringConvertible {
    public let hex: String

    /// Nil for anything that is not a full object name.
    public init?(_ hex: some StringProtocol) {
        var hex = String(hex)
        let isName = hex.withUTF8 { digits in
            guard digits.count == 40 || digits.count == 64 else { return false }
            for digit in digits where !(digit >= 0x30 && digit <= 0x39 || digit >= 0x61 && digit <= 0x66) { return false }
            return true
        }
        guard isName else { return nil }
        self.hex = hex
    }

    /// Whether a person means this very commit: by its whole name, or as much of it as nobody gives to a branch.
    public func isNamed(by word: String) -> Bool { word.count >= 7 && hex.hasPrefix(word.lowercased()) }

    /// The first 10 digits, for people.
    public var short: String { String(hex.prefix(10)) }

    public var description: String { hex }
}
