import DRBDSyntax
import Diagnostics
import TestKit
import Testing

@Suite("drbdadm reads our print as it reads the original")
struct DumpTests {
    @Test("every fixture", arguments: Fixture.all)
    func fixture(_ fixture: Fixture) async throws {
        let source = try fixture.source()
        let (configuration, findings) = DRBDConfiguration.parse(source)
        #expect(findings.isEmpty, "\(Findings(findings))")
        let original = try await DRBDAdm.dump(source.text, fixture.dialect)
        #expect(try await DRBDAdm.dump(configuration.description, fixture.dialect) == original)
        #expect(original.contains("resource "))
    }

    /// What drbdadm doesn't read again itself: its dump leaves out the quotes of `resource "disk"`, and a stacked device.
    private static let brokenDumps: Set<String> = ["9-names.res", "9-stacked.res"]

    @Test("a dump is a configuration too, and ours to lay out", arguments: Fixture.all.filter { !brokenDumps.contains($0.name) })
    func dumpIsReadBack(_ fixture: Fixture) async throws {
        let dump = try await DRBDAdm.dump(fixture.source().text, fixture.dialect)
        let configuration = DRBDConfiguration.good(dump)
        #expect(try await DRBDAdm.dump(configuration.description, fixture.dialect) == dump)
        #expect(!configuration.resources.isEmpty)
    }

    /// 8.4 writes devices and disks into the hosts' sections: what is inherited must not count.
    @Test("a dump means what the file means", arguments: Fixture.all.filter { $0.dialect != .v83 && $0.name != "9-stacked.res" })
    func dumpMeansTheSame(_ fixture: Fixture) async throws {
        let source = try fixture.source()
        let dump = DRBDConfiguration.good(try await DRBDAdm.dump(source.text, fixture.dialect))
        let configuration = DRBDConfiguration.good(source.text)
        #expect(dump.withoutGlobal.isEquivalent(to: configuration.withoutGlobal), "\(dump)")
    }

    /// Ours may accept more than drbdadm does, for it judges no keyword, never less. One exception: drbdadm
    /// takes a file that ends within a section, but a file cut short is nothing to build on.
    @Test("mutated fixtures: whatever drbdadm accepts, we accept, and print alike", arguments: Fixture.all)
    func mutations(_ fixture: Fixture) async throws {
        let original = try fixture.source().bytes
        var random = Seeded(922)
        var accepted = 0
        for _ in 0..<40 {
            let source = SourceText(path: "a.res", bytes: mutated(original, &random))
            guard source.encodingFinding == nil else { continue }
            guard let dump = try? await DRBDAdm.dump(source.text, fixture.dialect) else { continue }
            accepted += 1
            let (configuration, findings) = DRBDConfiguration.parse(source)
            if findings.map(\.message) == ["a section that is not closed"] { continue }
            #expect(findings.isEmpty, "\(Findings(findings))")
            let printed = try? await DRBDAdm.dump(configuration.description, fixture.dialect)
            #expect(printed == dump, "\(source.text)")
        }
        #expect(accepted > 0)
    }

    @Test(
        "drbdadm refuses what we report",
        arguments: [
            "resource r0 { net { protocol C } }", "resource r0 { net { protocol C; }",
            "resource r0 { net { protocol \"C; } }",
            "resource r0 { } }", "resource r0 { ; }", "resource r0 { disk /dev/a+b; }", "resource r0 { disk /dev/a:; }",
            "resource r0 { } resource r0 { }", "{ net { } }", "resource r0 { meta-disk /dev/a [0; }",
        ])
    func refused(_ text: String) async throws {
        let findings = DRBDConfiguration.parse(SourceText(path: "a.res", text: text)).findings
        #expect(!findings.isEmpty)
        let whole = "global { disable-ip-verification; }\n" + text
        await #expect(throws: DRBDAdm.Refusal.self) { _ = try await DRBDAdm.dump(whole, .v9) }
    }
}

extension DRBDConfiguration {
    /// drbdadm leaves out of its dump what it doesn't use of `global`.
    var withoutGlobal: DRBDConfiguration { DRBDConfiguration(statements.filter { $0.keyword.text != "global" }) }
}
