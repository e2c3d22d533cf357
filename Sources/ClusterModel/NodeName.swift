/// The name of a node as the cluster knows it: its uname (crm_node(8), `--name`).
public struct NodeName: Name {
    public let text: String

    public init(_ text: String) { self.text = text }
}

/// The id of a resource: what crm_mon calls it, without the instance number of a clone.
public struct ResourceID: Name {
    public let text: String

    public init(_ text: String) { self.text = text }
}

/// An absolute path on a host, without the prefix of `--root`.
public struct HostPath: Name {
    public let text: String

    public init(_ text: String) { self.text = text }

    /// Without a slash at its end; empty for what stands in the root.
    public var directory: HostPath { HostPath(text[..<(text.lastIndex(of: "/") ?? text.startIndex)]) }

    /// Behind the last slash.
    public var last: Substring { text[(text.lastIndex(of: "/").map { text.index(after: $0) } ?? text.startIndex)...] }
}

/// A text that is the name of one kind of thing: names of different kinds don't mix.
public protocol Name: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    var text: String { get }

    init(_ text: String)
}

extension Name {
    public init(_ text: some StringProtocol) { self.init(String(text)) }

    public init(stringLiteral text: String) { self.init(text) }

    public var description: String { text }

    public static func < (a: Self, b: Self) -> Bool { a.text < b.text }
}

extension Sequence where Element: Name {
    /// `alpha, bravo`; of many the first, and how many there are besides.
    public var list: String {
        let names = map(\.text)
        guard names.count > Self.longestList else { return names.joined(separator: ", ") }
        return names.prefix(Self.longestList - 2).joined(separator: ", ") + " and \(names.count - Self.longestList + 2) more"
    }

    private static var longestList: Int { 10 }
}
