public import Diagnostics

/// A cluster.conf of OCFS2's own cluster stack, o2cb(7): stanzas of attributes.
///
/// "The stanza should start at the first column and end with a colon. The parameters must start after a tab. A blank line must
/// demarcate each stanza." (ocfs2.cluster.conf(5))
public struct OCFS2Configuration: Hashable, Sendable {
    public var stanzas: [Stanza]

    public init(_ stanzas: [Stanza] = []) { self.stanzas = stanzas }

    /// `cluster:`, `node:` or `heartbeat:` with its attributes, in the file's order.
    public struct Stanza: Hashable, Sendable {
        public var name: String
        public var attributes: [Attribute]
        public var origin: Origin

        public init(_ name: String, _ attributes: [Attribute] = [], origin: Origin = Origin()) {
            self.name = name
            self.attributes = attributes
            self.origin = origin
        }

        /// The value of an attribute; the last one counts.
        public subscript(name: String) -> String? { attributes.last { $0.name == name }?.value }
    }

    public struct Attribute: Hashable, Sendable {
        public var name: String
        public var value: String
        public var origin: Origin

        public init(_ name: String, _ value: String, origin: Origin = Origin()) {
            self.name = name
            self.value = value
            self.origin = origin
        }
    }
}

extension OCFS2Configuration {
    /// Whether o2cb would read the same from both: neither the order of stanzas nor that of attributes makes a difference.
    public func isEquivalent(to other: OCFS2Configuration) -> Bool {
        self == other || meaning == other.meaning
    }

    private var meaning: [String: [[String: String]: Int]] {
        stanzas.reduce(into: [:]) { meaning, stanza in
            let values = Dictionary(stanza.attributes.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
            meaning[stanza.name, default: [:]][values, default: 0] += 1
        }
    }

    public var clusters: [Stanza] { stanzas.filter { $0.name == "cluster" } }
    public var nodes: [Stanza] { stanzas.filter { $0.name == "node" } }
}

extension OCFS2Configuration: CustomStringConvertible {
    /// The text as o2cb writes it. Comments are not kept.
    public var description: String {
        stanzas.map { stanza in
            stanza.name + ":\n" + stanza.attributes.map { "\t\($0.name) = \($0.value)\n" }.joined()
        }.joined(separator: "\n")
    }
}
