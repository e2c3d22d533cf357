internal import Diagnostics
internal import Host
public import Validation

/// The metadata of the agents that are installed on this machine; each is asked once.
///
/// Which agents are asked is a commit's choice. So only those are run that root has put where agents belong, and only to
/// describe themselves.
public actor AgentLibrary {
    private let directories: (ocf: String, fence: String, plugins: String)
    private let limit: Duration
    /// Nil for an agent that is not installed, or that does not say anything sensible.
    private var known: [AgentName: AgentMetadata?] = [:]

    /// - Parameter limit: how long each may take.
    public init(limit: Duration = .seconds(10)) {
        directories = ("/usr/lib/ocf/resource.d", "/usr/sbin", "/usr/lib/stonith/plugins")
        self.limit = limit
    }

    /// What those say that are installed. It starts a process for each that it has not met before, 0.1 s each at most, in general.
    public func metadata(of agents: Set<AgentName>) async -> [AgentName: AgentMetadata] {
        var found: [AgentName: AgentMetadata] = [:]
        for agent in agents.sorted(by: { $0.description < $1.description }) {
            if known[agent] == nil { known[agent] = .some(await ask(agent)) }
            found[agent] = known[agent] ?? nil
        }
        return found
    }

    /// The agents that are installed; nil where Pacemaker's own are not: this is no host of a cluster.
    public func installed() -> Set<AgentName>? {
        guard let providers = try? FileTree().entries(of: directories.ocf).map(\.name), providers.contains("pacemaker") else { return nil }
        let ocf = providers.flatMap { provider in
            names(in: "\(directories.ocf)/\(provider)").compactMap { AgentName(standard: "ocf", provider: provider, type: $0) }
        }
        let fence = names(in: directories.fence).filter { $0.hasPrefix("fence_") }
        let plugins = names(in: directories.plugins + "/stonith2").filter { $0.hasSuffix(".so") }.map { String($0.dropLast(3)) }
        let external = names(in: directories.plugins + "/external").map { "external/\($0)" }
        return Set(ocf + (fence + plugins + external).compactMap { AgentName(standard: "stonith", provider: nil, type: $0) } + services)
    }

    /// systemd runs an init script as a unit of that name.
    private var services: [AgentName] {
        let scripts = names(in: "/etc/init.d")
        let units = Self.unitDirectories.flatMap(names)
        guard !units.isEmpty else { return scripts.compactMap { AgentName(standard: "lsb", provider: nil, type: $0) } }
        return scripts.compactMap { AgentName(standard: "lsb", provider: nil, type: $0) }
            + (scripts + units).compactMap { AgentName(standard: "systemd", provider: nil, type: $0) }
    }

    /// "Unit File Load Path" (systemd.unit(5)), of the system.
    private static let unitDirectories = [
        "/etc/systemd/system", "/run/systemd/system", "/run/systemd/transient", "/run/systemd/generator", "/run/systemd/generator.early",
        "/run/systemd/generator.late", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system",
    ]

    private func names(in directory: String) -> [String] { (try? FileTree().entries(of: directory).map(\.name)) ?? [] }

    private func ask(_ agent: AgentName) async -> AgentMetadata? {
        guard FileTree().isRootsOwn(file(of: agent)) else { return nil }
        let command = Command("crm_resource", ["--show-metadata", agent.description], limit: limit, outputLimit: 1 << 20)
        guard let output = try? await command.run(), output.succeeded else { return nil }
        return try? AgentMetadata(parsing: SourceText(path: "the metadata of \(agent)", bytes: output.bytes))
    }

    private func file(of agent: AgentName) -> String {
        if let provider = agent.provider { return "\(directories.ocf)/\(provider)/\(agent.type)" }
        if agent.type.hasPrefix("fence_") { return "\(directories.fence)/\(agent.type)" }
        return agent.type.contains("/") ? "\(directories.plugins)/\(agent.type)" : "\(directories.plugins)/stonith2/\(agent.type).so"
    }
}
