public import CIB
public import Diagnostics
internal import Host
public import Notifying
internal import YAML

/// `/etc/coxswain/coxswain.yaml`: what this node needs to know, one key for each option of the command line, and who is to be told.
public struct NodeConfiguration: Hashable, Sendable {
    public static let keys = [
        "repo", "revision", "path", "cluster", "node", "state-dir", "root", "interval", "log-format", "timeout", "listen", "webhook-secret",
        "server-names", "proposals", "rewritten-history", "agents", "notify",
    ]

    private var values: [String: String]
    /// Who is told of what.
    public let notifications: [NotificationRule]

    public subscript(key: String) -> String? { values[key] }

    /// - Parameter path: nil is the usual place, where the file may be missing.
    /// - Throws: `Findings`.
    public init(reading path: String?) throws {
        let place = path ?? "/etc/coxswain/coxswain.yaml"
        let tree = FileTree()
        let bytes = path == nil ? try tree.readIfPresent(place) : try tree.read(place)
        guard let bytes else {
            values = [:]
            notifications = []
            return
        }
        self = try NodeConfiguration(parsing: SourceText(path: place, bytes: bytes))
    }

    public init(parsing source: SourceText) throws {
        let root: YAMLNode?
        do { root = try YAMLNode.parse(source.bytes) } catch { throw Finding.error("\(source.path) is not YAML: \(error)") }
        var values: [String: String] = [:]
        var notifications: [NotificationRule] = []
        var findings: [Finding] = []
        for (key, value) in root?.mapping ?? [] {
            if key.text == "notify" {
                let reading = NotificationRules(value, in: source)
                (notifications, findings) = (reading.rules, findings + reading.findings)
                continue
            }
            guard let name = key.text, Self.keys.contains(name), let text = value.text ?? Self.list(value, of: name) else {
                findings.append(Self.refusal(key, in: source))
                continue
            }
            values[name] = text
        }
        if let root, root.mapping == nil { findings.append(.error("\(source.path) holds no keys and values")) }
        guard findings.isEmpty else { throw Findings(findings) }
        self.values = values
        self.notifications = notifications
    }

    /// The same, with what the command line says in place of what the file does.
    public func overridden(by words: [String: String?]) -> NodeConfiguration {
        var configuration = self
        for case (let key, let word?) in words { configuration.values[key] = word }
        return configuration
    }

    private static let lists: Set = ["server-names", "proposals", "agents"]

    /// The agents that commits may use on this node; nil: any.
    /// - Throws: a finding for what can't be meant; an empty list lets none in, and is hardly meant either.
    public func allowedAgents() throws(Finding) -> [AgentPattern]? {
        guard let text = self["agents"] else { return nil }
        let words = text.split { $0 == "," || $0 == " " }.map(String.init)
        guard !words.isEmpty else {
            throw .error(
                "agents: names none", expected: "a list, such as [\"ocf:heartbeat:*\", \"stonith:*\"]",
                remedy: "leave the key out to let any agent in")
        }
        var patterns: [AgentPattern] = []
        for word in words { patterns.append(try AgentPattern(word)) }
        return patterns
    }

    /// Names may stand as a list.
    private static func list(_ value: YAMLNode, of key: String) -> String? {
        guard lists.contains(key), let items = value.sequence?.map(\.text), items.allSatisfy({ $0 != nil }) else {
            return nil
        }
        return items.compactMap(\.self).joined(separator: ",")
    }

    private static func refusal(_ key: YAMLNode, in source: SourceText) -> Finding {
        let name = key.text ?? ""
        guard !keys.contains(name) else {
            return .error(
                "\(source.path):\(key.mark.line):\(key.mark.column): \"\(name)\" can't have such a value",
                expected: lists.contains(name) ? "a list, or names with commas between them" : "one value")
        }
        return .error(
            "\(source.path):\(key.mark.line):\(key.mark.column): \"\(name)\" is no key with a value of this file",
            expected: keys.joined(separator: ", "), remedy: didYouMean(name, among: keys))
    }
}
