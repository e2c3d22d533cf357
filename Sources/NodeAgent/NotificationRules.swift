internal import Diagnostics
internal import Notifying
internal import Presenting
internal import YAML

/// Reads what stands below `notify:`.
///
///     - events: [converged, refused]
///       command: [/usr/local/bin/tell, ops]
///     - webhook: https://chat.example.org/hooks/ha
///       secret: chat
///     - status: github
///       url: https://api.github.com/repos/ORGANIZATION/REPOSITORY
///       token: github
struct NotificationRules {
    private(set) var rules: [NotificationRule] = []
    private(set) var findings: [Finding] = []
    private let source: SourceText

    private static let keys = ["events", "command", "webhook", "secret", "status", "url", "token"]

    init(_ node: YAMLNode, in source: SourceText) {
        self.source = source
        guard let entries = node.sequence else {
            refuse(node, "\"notify\" is no list", expected: "- webhook: URL, - command: [/PATH, …], - status: \(CodeHost.words)")
            return
        }
        for entry in entries { take(entry) }
    }

    private mutating func take(_ entry: YAMLNode) {
        guard let mapping = entry.mapping else {
            return refuse(entry, "an entry of \"notify\" has no keys", expected: Self.keys.joined(separator: ", "))
        }
        let known = findings.count
        var values: [String: YAMLNode] = [:]
        for (key, value) in mapping {
            let name = key.text ?? ""
            guard Self.keys.contains(name) else {
                refuse(key, "\"\(name.terminalSafe)\" is no key of \"notify\"", expected: Self.keys.joined(separator: ", "))
                continue
            }
            values[name] = value
        }
        let events = events(values["events"])
        guard let target = target(entry, values), findings.count == known else { return }
        rules.append(NotificationRule(target, events: events))
    }

    private mutating func events(_ node: YAMLNode?) -> Set<Occasion>? {
        guard let node else { return nil }
        let words = node.sequence.map { $0.map { $0.text ?? "" } } ?? [node.text ?? ""]
        let events = words.compactMap { Occasion(rawValue: $0) }
        guard events.count == words.count, !events.isEmpty else {
            let wrong = words.first { Occasion(rawValue: $0) == nil } ?? ""
            let all = Occasion.allCases.map(\.rawValue)
            refuse(node, "\"\(wrong.terminalSafe)\" is no event", expected: all.joined(separator: ", "), remedy: didYouMean(wrong, among: all))
            return nil
        }
        return Set(events)
    }

    private mutating func target(_ entry: YAMLNode, _ values: [String: YAMLNode]) -> NotificationRule.Target? {
        switch ["command", "webhook", "status"].filter({ values[$0] != nil }) {
        case ["command"]: command(values)
        case ["webhook"]: url(values["webhook"]).map { .webhook(url: $0, secret: secret(values["secret"])) }
        case ["status"]: status(entry, values)
        default: refused(entry, "an entry of \"notify\" has one of these", expected: "command, webhook, status")
        }
    }

    private mutating func command(_ values: [String: YAMLNode]) -> NotificationRule.Target? {
        let node = values["command"]
        let words = node?.sequence.map { $0.compactMap(\.text) } ?? [node?.text ?? ""]
        guard let program = words.first, program.hasPrefix("/"), words.count == node?.sequence?.count ?? 1 else {
            return refused(node, "the command has no path", expected: "[/usr/local/bin/tell, ops]: no shell reads it")
        }
        guard node?.sequence != nil || !program.contains(where: \.isWhitespace) else {
            return refused(
                node, "the command is one word with a blank in it, and no shell takes it apart",
                expected: "[\(program.split(separator: " ").joined(separator: ", ").terminalSafe)]")
        }
        return .command(words)
    }

    private mutating func status(_ entry: YAMLNode, _ values: [String: YAMLNode]) -> NotificationRule.Target? {
        guard let host = values["status"]?.text.flatMap(CodeHost.init) else {
            return refused(values["status"], "that code host is not known", expected: CodeHost.words)
        }
        guard values["url"] != nil, let token = secret(values["token"]) else {
            return refused(entry, "the status of a commit needs the address of the repository and a token", expected: "url: URL, token: NAME")
        }
        return url(values["url"]).map { .status(host, url: $0.last == "/" ? String($0.dropLast()) : $0, token: token) }
    }

    private mutating func url(_ node: YAMLNode?) -> String? {
        let text = node?.text ?? ""
        let rest = ["https://", "http://"].first { text.hasPrefix($0) }.map { text.dropFirst($0.count) } ?? ""
        guard !rest.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") }) else {
            return refused(node, "\"\(text.terminalSafe)\" is no address to tell something at", expected: "https://HOST/PATH")
        }
        let authority = rest.prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else {
            return refused(node, "a user and a password have no place in this address", expected: "secret: NAME or token: NAME")
        }
        guard Self.isPlace(authority) else {
            return refused(
                node, "\"\(text.terminalSafe)\" does not name a host, and a port if need be", expected: "https://HOST/PATH, https://HOST:PORT/PATH")
        }
        return text
    }

    /// RFC 3986, 3.2: a name, an address, or one of version 6 in brackets; then perhaps a port.
    private static func isPlace(_ authority: Substring) -> Bool {
        let isBracketed = authority.first == "["
        let end = isBracketed ? authority.firstIndex(of: "]").map(authority.index(after:)) : authority.firstIndex(of: ":")
        guard !isBracketed || end != nil else { return false }
        let (host, rest) = (authority[..<(end ?? authority.endIndex)], authority[(end ?? authority.endIndex)...])
        let isHost = host.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
            case UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "%"): isBracketed
            default: false
            }
        }
        guard isHost, host.count > (isBracketed ? 2 : 0) else { return false }
        return rest.isEmpty || rest.first == ":" && Int(rest.dropFirst()).map { (1...65_535).contains($0) } == true
    }

    private mutating func secret(_ node: YAMLNode?) -> String? {
        guard let node else { return nil }
        guard let name = node.text, NodeSecret.isName(name) else {
            return refused(node, "that can't be the name of a secret", expected: "the name of a file in /etc/coxswain/secrets")
        }
        return name
    }

    private mutating func refused<Value>(_ node: YAMLNode?, _ message: String, expected: String) -> Value? {
        refuse(node, message, expected: expected)
        return nil
    }

    private mutating func refuse(_ node: YAMLNode?, _ message: String, expected: String, remedy: String? = nil) {
        let line = (node?.mark).map { ":\($0.line):\($0.column)" } ?? ""
        findings.append(.error("\(source.path)\(line): \(message)", expected: expected, remedy: remedy))
    }
}

extension CodeHost {
    static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
