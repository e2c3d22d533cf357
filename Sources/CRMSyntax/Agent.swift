/// A resource agent's name, `[class:[provider:]]type`.
struct Agent {
    let standard: String
    let provider: String?
    let type: String

    /// Nil for anything that crmsh refuses: an empty type, an ocf agent with an empty provider, a fourth part.
    init?(_ token: Token) {
        guard let first = token.firstIndex(of: .colon) else {
            self.init(standard: "ocf", provider: nil, type: token.string)
            return
        }
        let standard = token.string(0..<first)
        let rest = first + 1..<token.text.count
        guard let second = rest.first(where: { token.text[$0] == .colon }) else {
            self.init(standard: standard, provider: nil, type: token.string(rest))
            return
        }
        let last = second + 1..<token.text.count
        guard !last.contains(where: { token.text[$0] == .colon }) else { return nil }
        self.init(standard: standard, provider: token.string(first + 1..<second), type: token.string(last))
    }

    private init?(standard: String, provider: String?, type: String) {
        guard !type.isEmpty, !standard.isEmpty else { return nil }
        self.standard = standard
        self.type = type
        if standard == "ocf", provider == nil {
            self.provider = Self.defaultProvider(of: type)
        } else if provider == "", standard == "ocf" {
            return nil
        } else {
            self.provider = provider == "" ? nil : provider
        }
    }

    /// The provider of an ocf agent that is named by its type alone.
    static func defaultProvider(of type: String) -> String { providers[type] ?? "heartbeat" }

    /// Where `heartbeat` has no such agent. crmsh looks at what is installed; a repository means the same everywhere.
    private static let providers: [String: String] = [
        "HealthCPU": "pacemaker", "HealthIOWait": "pacemaker", "HealthSMART": "pacemaker", "attribute": "pacemaker",
        "controld": "pacemaker", "drbd": "linbit", "drbd-attr": "linbit", "ifspeed": "pacemaker", "o2cb": "pacemaker",
        "ping": "pacemaker", "remote": "pacemaker",
    ]
}
