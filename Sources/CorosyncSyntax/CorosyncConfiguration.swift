public import Diagnostics

/// A file of corosync.conf(5): sections, and in them keys with values.
///
/// Two values are `==` when they say the same in the same order; `isEquivalent(to:)` compares what corosync makes of them.
public struct CorosyncConfiguration: Hashable, Sendable {
    public var entries: [Entry]

    public init(_ entries: [Entry] = []) { self.entries = entries }

    /// `key: value`, or a section, `name { … }`.
    public indirect enum Entry: Hashable, Sendable {
        case pair(key: String, value: String, origin: Origin = Origin())
        case section(name: String, [Entry], origin: Origin = Origin())
    }
}

extension CorosyncConfiguration {
    /// Whether corosync would read the same from both. The order of keys and of different sections makes no difference;
    /// sections of one name (`node`, `interface`) keep theirs. Of a key that is repeated the last value counts.
    public func isEquivalent(to other: CorosyncConfiguration) -> Bool {
        self == other || Meaning(entries) == Meaning(other.entries)
    }

    private struct Meaning: Hashable {
        var values: [String: String] = [:]
        /// Sections of a name that may repeat stay apart; those of any other name are one, as in corosync's map of keys.
        var sections: [String: [Meaning]] = [:]

        init(_ entries: [Entry]) {
            var merged: [String: [[Entry]]] = [:]
            for entry in entries {
                switch entry {
                case .pair(let key, let value, _): values[key] = value
                case .section(let name, let inner, _) where CorosyncConfiguration.repeating.contains(name):
                    merged[name, default: []].append(inner)
                case .section(let name, let inner, _):
                    merged[name] = [(merged[name]?.first ?? []) + inner]
                }
            }
            sections = merged.mapValues { $0.map(Meaning.init) }.filter { $0.value != [Meaning([])] }
        }
    }

    private static let repeating: Set<String> = ["node", "interface", "member", "logger_subsys", "service", "uidgid"]
}

extension [CorosyncConfiguration.Entry] {
    /// The contents of the sections of a name, each with where it begins.
    public func sections(_ name: String) -> [(entries: Self, origin: Origin)] {
        compactMap { entry in
            if case .section(name, let entries, let origin) = entry { (entries, origin) } else { nil }
        }
    }

    /// The value of a key; the last one counts.
    public func value(_ key: String) -> String? { pair(key)?.value }

    /// The last pair of a key, with where it begins.
    func pair(_ key: String) -> (value: String, origin: Origin)? {
        for case .pair(key, let value, let origin) in reversed() { return (value, origin) }
        return nil
    }
}
