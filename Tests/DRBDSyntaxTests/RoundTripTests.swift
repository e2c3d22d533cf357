import Diagnostics
import TestKit
import Testing

@testable import DRBDSyntax

@Suite("What is printed reads back as it was")
struct RoundTripTests {
    typealias Statement = DRBDConfiguration.Statement
    typealias Word = DRBDConfiguration.Word

    @Test("random configurations", arguments: 0..<20)
    func property(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<50 {
            let configuration = DRBDConfiguration(statements(depth: 0, &random))
            #expect(DRBDConfiguration.good(configuration.description) == configuration)
        }
    }

    @Test("there are fixtures of every DRBD")
    func fixtures() {
        for dialect in [DRBDAdm.Dialect.v83, .v84, .v9] { #expect(Fixture.all.count { $0.dialect == dialect } >= 2) }
    }

    @Test("shuffled statements mean the same", arguments: 0..<20)
    func shuffled(_ seed: UInt64) throws {
        var random = Seeded(seed)
        for fixture in Fixture.all {
            let configuration = DRBDConfiguration.parse(try fixture.source()).configuration
            let other = DRBDConfiguration(shuffle(configuration.statements, &random))
            #expect(other.isEquivalent(to: configuration), "\(fixture.name)")
        }
    }

    @Test("mutated fixtures neither trap nor lose anything")
    func fuzz() throws {
        let originals = try Fixture.all.map { try $0.source().bytes }
        var random = Seeded(83)
        var accepted = 0
        for _ in 0..<2_000 {
            let bytes = mutated(originals.randomElement(using: &random) ?? [], &random)
            let (configuration, findings) = DRBDConfiguration.parse(SourceText(path: "a.res", bytes: bytes))
            _ = Findings(findings).description
            guard findings.isEmpty else { continue }
            accepted += 1
            let printed = SourceText(path: "b.res", text: configuration.description)
            let again = DRBDConfiguration.parse(printed)
            #expect(
                again.findings.isEmpty && again.configuration == configuration,
                "\(String(decoding: bytes, as: UTF8.self))")
            #expect(again.configuration.isEquivalent(to: configuration))
            _ = configuration.resources.map(\.hosts)
        }
        #expect(accepted > 100)
    }

    private func statements(depth: Int, _ random: inout Seeded) -> [Statement] {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in
            let isSection = depth < 5 && Bool.random(using: &random)
            return Statement(
                word(&random), (0..<Int.random(in: 0...3, using: &random)).map { _ in word(&random) },
                body: isSection ? statements(depth: depth + 1, &random) : nil)
        }.distinctResources
    }

    private func word(_ random: inout Seeded) -> Word {
        let bare = [
            "net", "on", "10M", "/dev/a-b_c.d", "192.0.2.1:7000", "[0]", "[fe80::1%eth0]:7", "a:b:c", "yes", "-", "x.1",
        ]
        if Bool.random(using: &random) { return Word(bare.randomElement(using: &random) ?? "x") }
        let letters = ["a", "\"", "\\", " ", "#", ";", "{", "}", "é", "\t", ":", "[", "]", "'", "日"]
        let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }
            .joined()
        return Word(text, isQuoted: true)
    }

    private func shuffle(_ statements: [Statement], _ random: inout Seeded) -> [Statement] {
        let paths = statements.contains { $0.keyword.text == "path" }
        let shuffled = paths ? statements : statements.shuffled(using: &random)
        // What hosts inherit stands before them: behind them it is another matter to 8.4.
        return (shuffled.filter(\.isInherited) + shuffled.filter { !$0.isInherited }).map { statement in
            var statement = statement
            // What a plugin of a proxy is told, it is told in this order.
            statement.body = statement.body.map { statement.keyword.text == "plugin" ? $0 : shuffle($0, &random) }
            return statement
        }
    }
}

extension [DRBDConfiguration.Statement] {
    /// Two resources of one name would be a finding.
    fileprivate var distinctResources: [Element] { filter { $0.keyword.text != "resource" } }
}
