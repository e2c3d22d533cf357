import CIB
import TestKit
import Testing
import XML

@testable import CIBGrammar

/// Our verdict is that of the schemas that Pacemaker installs.
@Suite("The grammar is Pacemaker's")
struct DifferentialTests {
    @Test("on anything that one of the schemas allows, by every schema", arguments: SchemaVersion.all)
    func generated(_ version: SchemaVersion) async throws {
        var random = RandomConfiguration(version, seed: 1)
        let configurations = (0..<4).map { _ in random.next() }
        for configuration in configurations {
            #expect(Grammar(version).flaws(in: configuration) == [], "\(configuration.xml)")
        }
        for judge in SchemaVersion.all { try await compare(configurations, by: judge) }
    }

    @Test("on what has one thing wrong in it", arguments: SchemaVersion.all)
    func spoilt(_ version: SchemaVersion) async throws {
        var random = RandomConfiguration(version, seed: 2)
        var configurations: [Element] = []
        for _ in 0..<4 {
            let sound = random.next()
            for _ in 0..<50 { configurations.append(random.spoilt(sound)) }
        }
        try await compare(configurations, by: version)
    }

    @Test("on what a walk through the schema's own files makes, object by object", arguments: SchemaVersion.all)
    func walked(_ version: SchemaVersion) throws {
        let grammar = Grammar(version)
        var random = RandomCIB(try SchemaGrammar(), schema: "\(version)", seed: 3)
        for _ in 0..<5 {
            let cib = try random.make()
            for object in cib.objects {
                let flaws = grammar.flaws(in: object) { cib[ObjectID(.resource, $0)]?.element.name }
                #expect(flaws == [], "\(object.element.xml)")
            }
        }
    }

    private func compare(_ configurations: [Element], by version: SchemaVersion) async throws {
        let grammar = Grammar(version)
        let complaints = try await Xmllint.complaints(about: configurations, by: version)
        for (configuration, complaint) in zip(configurations, complaints) {
            let flaws = grammar.flaws(in: configuration)
            #expect(
                flaws.isEmpty == (complaint == nil),
                "\(version)\n\(flaws.map { "\($0)" }.joined(separator: "\n"))\n\(complaint ?? "accepted")\n\(configuration.xml)")
        }
    }
}
