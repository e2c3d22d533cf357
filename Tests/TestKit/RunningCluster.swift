public import CIB
internal import ClusterModel
internal import Diagnostics
internal import Host
internal import XML

/// A cluster in a file that has come to rest: crm_simulate has carried out what Pacemaker wants, again and again, until that was nothing.
public struct RunningCluster {
    private let scratch: Scratch
    private var path: String { scratch.path + "/cib.xml" }
    private static let rounds = 10

    /// - Parameter crm: the configuration, all nodes of it up and nothing started.
    /// - Returns: its CIB with the status that it has come to.
    public static func settled(_ crm: String) async throws -> CIB {
        let cib = CIB(crm: crm, applied: .base)
        return try await Self(cib).settled(up: cib.objects.filter { $0.id.kind == .node }.map(\.id.name))
    }

    /// After somebody has edited it.
    public static func settled(_ cib: CIB) async throws -> CIB { try await Self(cib).settled(up: []) }

    /// After something has happened to it: `--node-fail`, `--op-inject`.
    public static func after(_ event: [String], in cib: CIB) async throws -> CIB {
        let cluster = try Self(cib)
        _ = try await cluster.simulate(event + ["--save-input", cluster.path])
        return try cluster.read()
    }

    private init(_ cib: CIB) throws {
        scratch = try Scratch()
        _ = try scratch.write(String(decoding: cib.document(), as: UTF8.self), to: "cib.xml")
    }

    private func settled(up nodes: [String]) async throws -> CIB {
        var arguments = nodes.flatMap { ["--node-up", $0] } + ["--quorum", "true"]
        for _ in 0..<Self.rounds {
            let output = try await simulate(["--simulate", "--save-output", path] + arguments)
            guard output.contains("_action ") else { return try read() }
            arguments = []
        }
        throw Restless()
    }

    private func simulate(_ arguments: [String]) async throws -> String {
        try await Command(
            "crm_simulate", ["--xml-file", path, "--output-as=xml"] + arguments, environment: ["CIB_shadow_dir": scratch.path]
        ).run().orThrow().text
    }

    private func read() throws -> CIB {
        try CIB(parsing: SourceText(path: "cib.xml", bytes: scratch.read("cib.xml")), keepingStatus: true)
    }

    struct Restless: Error {}
}

extension CIB {
    /// The configuration of this text, with what runs where in this CIB: as after an edit of which nobody has taken notice yet.
    public func reconfigured(_ crm: String) -> CIB {
        var root = CIB(crm: crm, applied: .base).root
        root["have-quorum"] = self.root["have-quorum"]
        return CIB(root, status: status)
    }
}
