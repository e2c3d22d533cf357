/// A value of a YAML document, and where it begins.
public struct YAMLNode: Sendable {
    public enum Content: Sendable {
        /// Plain: written without quotes, and not as a block.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    /// Line and column, in characters, from 1 on.
    public struct Mark: Hashable, Sendable {
        public let line: Int
        public let column: Int
    }

    public let content: Content
    /// As it is written, with its handle resolved: `!!int` is `tag:yaml.org,2002:int`. Nil where none is written.
    public let tag: String?
    public let mark: Mark

    /// Nil for a list or a mapping.
    public var text: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    public var isPlain: Bool {
        guard case .scalar(_, let isPlain) = content else { return false }
        return isPlain
    }

    public var sequence: [YAMLNode]? {
        guard case .sequence(let items) = content else { return nil }
        return items
    }

    public var mapping: [(key: YAMLNode, value: YAMLNode)]? {
        guard case .mapping(let pairs) = content else { return nil }
        return pairs
    }
}
