internal import Synchronization

/// What a CIB may hold, by one of Pacemaker's schemas.
///
/// The schemas themselves are files of a Pacemaker that need not be installed here, and libxml2 says of a flaw only which
/// element "failed to validate content". This one knows the word that is wrong.
public struct Grammar: Sendable {
    public let version: SchemaVersion
    private let patterns: [Definition: Pattern]

    private static let made = Mutex<[SchemaVersion: Grammar]>([:])

    public init(_ version: SchemaVersion) {
        self = Self.made.withLock { made in
            if let grammar = made[version] { return grammar }
            let grammar = Grammar(making: version)
            made[version] = grammar
            return grammar
        }
    }

    private init(making version: SchemaVersion) {
        self.version = version
        var patterns: [Definition: Pattern] = [:]
        var open = [Definition.configuration]
        while let definition = open.popLast() {
            guard patterns[definition] == nil else { continue }
            let pattern = definition.pattern.at(version)
            patterns[definition] = pattern
            open += pattern.children
        }
        self.patterns = patterns
    }

    func pattern(of definition: Definition) -> Pattern { patterns[definition] ?? .notAllowed }
}

extension Pattern {
    fileprivate var children: [Definition] {
        leaves.compactMap { if case .child(_, let definition) = $0 { definition } else { nil } }
    }
}
