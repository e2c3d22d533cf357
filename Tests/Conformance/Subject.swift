import CIB
import ClusterModel
import Diagnostics
import Host
import Importing
import LiveState
import Planning
import Records
import Repository
import TestKit
import XML

/// One CIB of the corpus, and the repository that is imported from it.
struct Subject: Sendable {
    let name: String
    let live: CIB
    let imported: ImportedRepository
    /// What `imported` declares.
    let state: DesiredState
    /// The same with all passwords.
    let complete: DesiredState
    /// All statements of that, as one text for crmsh.
    let text: String

    init(_ path: String) throws {
        let live = try CIB(parsing: SourceText(path: path, bytes: try FileTree().read(path, limit: 64 << 20)))
        self.init(path.split(separator: "/").last.map(String.init) ?? path, live)
    }

    init(_ name: String, _ live: CIB) {
        self.name = name
        self.live = live
        imported = ImportedRepository(live, layout: .split)
        state = DesiredState(imported.sources)
        let whole = ImportedRepository(live, layout: .single, secrets: .values).sources
        complete = DesiredState(whole)
        text = whole.filter { $0.path.hasSuffix(".crm") }.map(\.text.text).joined()
    }

    var nodes: [String] { live.objects.filter { $0.id.kind == .node }.map(\.id.name) }

    /// Findings that would keep the repository from being applied.
    var errors: [String] {
        (imported.findings.filter { $0.severity == .error } + state.errors).map { $0.description.firstLine }
    }

    /// - Parameters:
    ///   - desired: this subject's state, with or without passwords.
    ///   - commit: what is recorded in the cluster; nil for nothing.
    func plan(_ desired: DesiredState, base: DesiredState?, live: CIB, as commit: CommitID? = nil) throws -> Plan {
        var planner = Planner(
            commit: commit, base: (ClusterRecord(in: live).applied, base), desired: desired, live: live, files: LiveFiles(), hostBases: [])
        return try planner.plan()
    }
}

extension ImportedRepository {
    fileprivate var sources: [(path: String, text: SourceText)] {
        files.map { ($0.path, SourceText(path: $0.path, bytes: $0.bytes)) }
    }
}

extension String {
    var firstLine: String { split(separator: "\n").first.map(String.init) ?? self }
}
