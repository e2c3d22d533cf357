import Glibc
import Host

/// A real Corosync and Pacemaker cluster in namespaces of this machine, as deploy/lab makes it.
struct Lab: Sendable {
    let name: String
    let nodes: [String]

    /// The package that these tests belong to.
    static let package = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    private static let program = package + "/deploy/lab"

    static var isLeftOut: Bool { getenv("COXSWAIN_WITHOUT_LAB") != nil }

    /// A cluster for the time of the closure. It ends with this process too, however that ends (LAB_OWNER).
    static func with(_ nodes: [String], _ body: (Lab) async throws -> Void) async throws {
        try await Room.shared.taken {
            try await raised(nodes, body)
        }
    }

    private static func raised(_ nodes: [String], _ body: (Lab) async throws -> Void) async throws {
        let lab = Lab(name: "test-\(getpid())-\(UInt16.random(in: 0 ... .max))", nodes: nodes)
        try await lab.control(["up", "\(nodes.count)"] + nodes)
        do {
            try await body(lab)
        } catch {
            try await lab.control(["down"])
            throw error
        }
        try await lab.control(["down"])
    }

    // MARK: Power and cables

    func kill(_ node: String) async throws { try await control(["kill", node]) }
    func start(_ node: String) async throws {
        try await control(["start", node])
        // Whoever enters at once is on the node, and not on this machine.
        _ = try await on(node, ["test", "-d", "/run/lab/parts"]).orThrow()
        try await eventually("\(node) has booted") { try await holds(node, "corosync-cfgtool -s") }
    }
    func partition(_ node: String) async throws { try await control(["partition", node]) }
    func heal(_ node: String) async throws { try await control(["heal", node]) }

    private func control(_ words: [String]) async throws {
        _ = try await command(words, limit: .seconds(120)).run().orThrow()
    }

    // MARK: On a node

    /// Runs a program on a node, whatever its exit status.
    func on(_ node: String, _ words: [String], limit: Duration = .seconds(60)) async throws -> Output {
        try await command(["exec", node] + words, limit: limit).run()
    }

    /// What a shell line prints on a node; it must succeed.
    @discardableResult
    func sh(_ node: String, _ line: String) async throws -> String {
        try await on(node, ["sh", "-c", line]).orThrow().text.trimmed
    }

    /// Whether a shell line succeeds on a node.
    func holds(_ node: String, _ line: String) async throws -> Bool {
        try await on(node, ["sh", "-c", line]).succeeded
    }

    func command(_ words: [String], limit: Duration) -> Command {
        Command(
            Self.program, ["--name", name] + words, environment: ["LAB_OWNER": "\(getpid())", "LAB_CLUSTER": "lab"],
            limit: limit)
    }
}

extension Lab {
    // MARK: What Pacemaker says

    func dc() async throws -> String {
        try await sh(nodes[0], "crmadmin --dc_lookup --quiet 2>&1 | grep -o '[^ ]*$'")
    }

    /// The epoch of the configuration: it goes up with every change of it.
    func epoch(_ node: String? = nil) async throws -> Int {
        let text = try await sh(node ?? nodes[0], "cibadmin --query | grep -om 1 ' epoch=\"[0-9]*'")
        return Int(text.filter(\.isNumber)) ?? -1
    }

    /// One section of the CIB as XML: `resources`, `constraints`, `crm_config`.
    func section(_ name: String, on node: String? = nil) async throws -> String {
        try await sh(node ?? nodes[0], "cibadmin --query --scope \(name)")
    }

    func monitor(_ node: String? = nil) async throws -> String {
        try await sh(node ?? nodes[0], "crm_mon -1 --show-detail --inactive")
    }
}

extension String {
    var trimmed: String { String(reversed().drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace)) }
}
