/// The name of a commit: 40 lower-case hexadecimal digits (SHA-1), or 64 (SHA-256).
public struct CommitID: Hashable, Sendable, CustomStringConvertible {
    public let hex: String

    /// Nil for anything that is not a full object name.
    public init?(_ hex: some StringProtocol) {
        guard hex.utf8.count == 40 || hex.utf8.count == 64,
            hex.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.hex = String(hex)
    }

    /// The first 10 digits, for people.
    public var short: String { String(hex.prefix(10)) }

    public var description: String { hex }
}
