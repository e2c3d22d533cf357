/// The wildcard expression of an `include`, as glob(7) has it: `*`, `?` and `[…]` match within one component of a path, and no
/// dot that leads a name.
public struct FilePattern: Hashable, Sendable {
    public let components: [Component]

    /// - Parameters:
    ///   - path: as it stands after `include`.
    ///   - directory: of the file that includes; `.` and `..` are resolved from there by name, no link is followed.
    public init(_ path: String, in directory: String) {
        var parts: [Substring] = []
        for part in (path.hasPrefix("/") ? path : "\(directory)/\(path)").split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        components = parts.map { Component(text: String($0)) }
    }

    /// Whether it names any number of files.
    public var isWild: Bool { components.contains(where: \.isWild) }

    /// The path, absolute.
    public var text: String { components.map { "/" + $0.text }.joined() }

    /// - Parameter path: absolute.
    public func matches(_ path: String) -> Bool {
        let names = path.split(separator: "/")
        return names.count == components.count && zip(components, names).allSatisfy { $0.matches(String($1)) }
    }

    public struct Component: Hashable, Sendable {
        public let text: String

        public var isWild: Bool { text.contains { "*?[".contains($0) } }

        /// Without wildcards: a backslash stands for nothing itself.
        public var name: String { String(decoding: unescaped, as: UTF8.self) }

        public func matches(_ name: String) -> Bool {
            if name.hasPrefix("."), !text.hasPrefix("."), !text.hasPrefix("\\.") { return false }
            return Glob.matches(Array(text.unicodeScalars)[...], Array(name.unicodeScalars)[...])
        }

        private var unescaped: [UInt8] {
            var bytes: [UInt8] = []
            var rest = text.utf8[...]
            while let byte = rest.popFirst() { bytes.append(byte == UInt8(ascii: "\\") ? rest.popFirst() ?? byte : byte) }
            return bytes
        }
    }
}

private enum Glob {
    typealias Text = ArraySlice<Unicode.Scalar>

    /// After each `*` the shortest match that lets the rest match is enough: of all stars only the last is tried again.
    static func matches(_ pattern: Text, _ name: Text) -> Bool {
        var (pattern, name) = (pattern, name)
        var retry: (pattern: Text, name: Text)?
        while true {
            if pattern.first == "*" {
                pattern.removeFirst()
                retry = (pattern, name)
            } else if let rest = step(pattern, name) {
                (pattern, name) = (rest, name.dropFirst())
            } else if pattern.isEmpty, name.isEmpty {
                return true
            } else {
                guard let last = retry, !last.name.isEmpty else { return false }
                (pattern, name) = (last.pattern, last.name.dropFirst())
                retry = (pattern, name)
            }
        }
    }

    /// What of the pattern is left when its first element has taken the first character; nil where it does not match.
    private static func step(_ pattern: Text, _ name: Text) -> Text? {
        guard let element = pattern.first, let character = name.first else { return nil }
        let rest = pattern.dropFirst()
        switch element {
        case "?": return rest
        case "[":
            guard let set = Set(rest) else { return character == "[" ? rest : nil }
            return set.contains(character) ? set.rest : nil
        case "\\": return rest.first == character ? rest.dropFirst() : nil
        default: return element == character ? rest : nil
        }
    }

    /// `[abc]`, `[a-z]`, `[!a]`: "']' can be allowed between the brackets, provided that it is the first character" (glob(7)).
    private struct Set {
        private var ranges: [ClosedRange<Unicode.Scalar>] = []
        private var isNegated = false
        private(set) var rest: Text

        /// - Parameter text: what stands after the `[`; nil where no `]` ends it: then it stands for itself.
        init?(_ text: Text) {
            rest = text
            if rest.first == "!" || rest.first == "^" {
                isNegated = true
                rest.removeFirst()
            }
            repeat {
                guard let low = Self.character(&rest) else { return nil }
                guard rest.first == "-", let next = rest.dropFirst().first, next != "]" else {
                    ranges.append(low...low)
                    continue
                }
                rest.removeFirst()
                guard let high = Self.character(&rest) else { return nil }
                if low <= high { ranges.append(low...high) }
            } while rest.first != "]"
            rest.removeFirst()
        }

        func contains(_ character: Unicode.Scalar) -> Bool { ranges.contains { $0.contains(character) } != isNegated }

        private static func character(_ text: inout Text) -> Unicode.Scalar? {
            guard let first = text.popFirst() else { return nil }
            return first == "\\" ? text.popFirst() : first
        }
    }
}
