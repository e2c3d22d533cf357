import CIB
import Desired
import Diagnostics
import Host
import Importing
import Planning
import XML

/// One CIB of the corpus, and the repository that is imported from it.
struct Subject: Sendable {
    let name: String
    let live: CIB
    let imported: ImportedRepository
    let state: DesiredState

    init(_ path: String) throws {
        name = path.split(separator: "/").last.map(String.init) ?? path
        live = try CIB(parsing: SourceText(path: path, bytes: try FileTree().read(path, limit: 64 << 20)))
        imported = ImportedRepository(live, layout: .split)
        state = DesiredState(imported.files.map { ($0.path, SourceText(path: $0.path, bytes: $0.bytes)) })
    }

    /// All statements, as one text for crmsh.
    var text: String {
        imported.files.filter { $0.path.hasSuffix(".crm") }.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    }

    var nodes: [String] { live.objects.filter { $0.id.kind == .node }.map(\.id.name) }

    /// Findings that would keep the repository from being applied.
    var errors: [String] {
        (imported.findings + state.findings).filter { $0.severity == .error }.map { $0.description.firstLine }
    }

    func plan(base: DesiredState?, live: CIB) throws -> Plan {
        var planner = Planner(
            commit: nil, base: (nil, base), desired: state, live: live, files: LiveFiles(), hostBases: [])
        return try planner.plan()
    }
}

extension String {
    var firstLine: String { split(separator: "\n").first.map(String.init) ?? self }
}
