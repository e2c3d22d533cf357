import CIB
import Diagnostics
import Host
import Importing
import Planning
import Repository
import TestKit
import Testing
import XML

/// Whatever a schema of Pacemaker allows, of every generation: CIBs made by walking its grammar. `deploy/conformance --made=1000`
/// does the same with many more of them, and with crmsh.
struct SchemaTests {
    /// Neighbours have the same schema, which nothing ever changes.
    private func pair(_ number: Int) throws -> (CIB, CIB) {
        let (grammar, schemas) = (try SchemaGrammar(), try SchemaGrammar.versions())
        let made = try [2 * number, 2 * number + 1].map { seed in
            var random = RandomCIB(grammar, schema: schemas[number % schemas.count], seed: UInt64(seed))
            return try random.make()
        }
        return (made[0], made[1])
    }

    private func state(_ cib: CIB, _ secrets: ImportedRepository.Secrets) throws -> DesiredState {
        let repository = ImportedRepository(cib, layout: .split, secrets: secrets)
        try #require(repository.findings.filter { $0.severity == .error } == [])
        let state = DesiredState(repository.files.map { ($0.path, SourceText(path: $0.path, bytes: $0.bytes)) })
        try #require(state.errors == [])
        return state
    }

    @Test("what is made is valid: else it would prove nothing", arguments: 0..<24)
    func valid(_ number: Int) async throws {
        let cib = try pair(number).0
        let output = try await Command(
            "xmllint", ["--noout", "--relaxng", "/usr/share/pacemaker/\(cib.schema).rng", "-"], input: Array(cib.xml.utf8)
        ).run()
        #expect(output.succeeded, "\(output.error)")
    }

    @Test("a plan of what was imported is empty against the CIB that it came from", arguments: 0..<96)
    func importing(_ number: Int) throws {
        let live = try pair(number).0
        let plan = try Scene(base: nil, desired: try state(live, .references), live: live).plan()
        #expect(plan.changes == [], "seed \(2 * number)")
    }

    @Test("cibadmin makes the next one of it, and then there is nothing to do", arguments: 0..<48)
    func changing(_ number: Int) async throws {
        let (live, next) = try pair(number)
        let (base, desired) = (try state(live, .values), try state(next, .values))
        let plan = try Scene(base: base, desired: desired, live: live).plan()
        let scratch = try Scratch()
        let path = try scratch.write(live.xml, to: "cib.xml")
        let patch = try scratch.write(plan.patch.xml, to: "patch.xml")
        let environment = ["CIB_file": path, "CIB_file_validate": "1", "HOME": scratch.path]
        _ = try await Command("cibadmin", ["--patch", "--xml-file", patch], environment: environment).run().orThrow()
        let result = try CIB(parsing: SourceText(path: "cib.xml", bytes: try scratch.read("cib.xml")))
        for object in next.objects where object.id.kind == .resource || object.id.kind == .constraint {
            #expect(result[object.id]?.element.canonical() == object.element.canonical(), "seed \(2 * number): \(object.id)")
        }
        #expect(try Scene(base: desired, desired: desired, live: result).plan().changes == [], "seed \(2 * number)")
    }
}
