/// A password or key that stands in a file: where, and how another one is written in its place.
public struct Secret: Sendable {
    /// The sections around it, and its own name: the same in two files that have it in the same place.
    public let path: [String]
    public let value: String
    /// What `text(for:)` takes the place of.
    public let range: Range<Int>
    private let notation: @Sendable (String) -> String?

    /// - Parameter notation: how a value is written there; nil for one that can't be.
    public init(path: [String], value: String, range: Range<Int>, notation: @escaping @Sendable (String) -> String?) {
        self.path = path
        self.value = value
        self.range = range
        self.notation = notation
    }

    public func text(for value: String) -> String? { notation(value) }

    /// What a repository says in its place, if this is such a word.
    public var reference: SecretReference? { SecretReference(value) }
}

/// `secret:NAME`: a value that is on the nodes, and not in the repository.
public struct SecretReference: Hashable, Sendable, CustomStringConvertible {
    public static let prefix = "secret:"
    public static let expected = "secret:NAME, the name being 1 to \(longestName) letters, digits, - _ and ., not beginning with a dot"
    private static let longestName = 64

    public let name: String

    /// Nil for a value that does not begin with `secret:`.
    public init?(_ value: String) {
        guard value.hasPrefix(Self.prefix) else { return nil }
        name = String(value.dropFirst(Self.prefix.count))
    }

    /// The nearest to a name that can be one.
    public init(naming name: String) {
        let allowed = name.map { $0.isASCII && $0.utf8.allSatisfy(\.isInName) ? $0 : "-" }
        self.name = String(allowed.drop { $0 == "." }.prefix(Self.longestName))
    }

    /// Whether there can be a secret of this name: it becomes the name of a file.
    public var isValid: Bool {
        !name.isEmpty && name.utf8.count <= Self.longestName && !name.hasPrefix(".") && name.utf8.allSatisfy(\.isInName)
    }

    public var description: String { Self.prefix + name }
}

extension SourceText {
    /// The text with other values in the places of its secrets.
    ///
    /// - Parameter value: nil where it stays as it is.
    public func replacing(_ secrets: [Secret], with value: (Secret) -> String?) -> SourceText {
        let edits = secrets.compactMap { secret in
            value(secret).flatMap(secret.text(for:)).map { TextEdit(file: path, range: secret.range, replacement: $0) }
        }
        return edits.isEmpty ? self : SourceText(path: path, bytes: applying(edits))
    }
}

extension UInt8 {
    fileprivate var isInName: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }
}
