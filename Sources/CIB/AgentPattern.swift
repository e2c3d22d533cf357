public import Diagnostics
internal import XML

/// Agents that a node lets commits use: `ocf:heartbeat:*`, `stonith:*`, `alert:/usr/local/bin/tell`.
///
/// A star stands for any part of a name, and for nothing beyond a colon. What an alert runs, and what a bundle's containers are made with, are agents
/// too: `alert:PATH`, `bundle:docker`.
public struct AgentPattern: Hashable, Sendable, CustomStringConvertible {
    public let description: String
    private let parts: [[Character]]

    /// `*` alone stands for all there are.
    private var isForAll: Bool { description == "*" }

    private static let standards: Set = ["ocf", "stonith", "systemd", "lsb", "service", "upstart", "nagios", "heartbeat", "alert", "bundle", "*"]

    /// - Throws: a finding for what can't be an agent's name.
    public init(_ text: String) throws(Finding) {
        let words = text.split(separator: ":", maxSplits: text.hasPrefix("alert:") ? 1 : 3, omittingEmptySubsequences: false)
        let count = text.hasPrefix("ocf:") ? 3 : 2
        let isSound = words.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } }
        guard text == "*" || isSound && words.count == count && Self.standards.contains(String(words[0])) else {
            throw .error(
                "agents: \"\(text.terminalSafe)\" can't be the name of an agent",
                expected: "ocf:PROVIDER:TYPE, stonith:TYPE, systemd:UNIT, alert:PATH, bundle:docker; * for any part")
        }
        description = text
        parts = words.map(Array.init)
    }

    public func matches(_ agent: String) -> Bool {
        if isForAll { return true }
        let words = agent.split(separator: ":", maxSplits: parts.count - 1, omittingEmptySubsequences: false)
        return words.count == parts.count && zip(parts, words).allSatisfy { Self.matches($0[...], Array($1)[...]) }
    }

    private static func matches(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        guard first == "*" else { return text.first == first && matches(pattern.dropFirst(), text.dropFirst()) }
        let rest = pattern.drop { $0 == "*" }
        return rest.isEmpty || text.indices.contains { matches(rest, text[$0...]) }
    }
}

extension CIBObject {
    /// What Pacemaker runs for the object itself, as `AgentPattern` names it; nil where that is nothing.
    public var ownAgent: String? {
        switch element.name {
        case "primitive", "template": ResourceAgent(element)?.description
        case "alert": element["path"].map { "alert:\($0)" }
        case "bundle": element.children.first { Self.containers.contains($0.name) }.map { "bundle:\($0.name)" }
        default: nil
        }
    }

    private static let containers: Set = ["docker", "podman", "rkt"]
}
