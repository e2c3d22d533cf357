import CIB
import CRMSyntax
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
            #expect(SchemaValidator(Grammar(version)).flaws(in: configuration) == [], "\(configuration.xml)")
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
        let validator = SchemaValidator(Grammar(version))
        var random = RandomCIB(try SchemaGrammar(), schema: "\(version)", seed: 3)
        for _ in 0..<5 {
            let cib = try random.make()
            for object in cib.objects {
                let flaws = validator.flaws(in: object) { cib[ObjectID(.resource, $0)]?.element.name }
                #expect(flaws == [], "\(object.element.xml)")
            }
        }
    }

    @Test("What lacks ids alone is sound for who gives them; whatever else is wrong stays wrong", arguments: [SchemaVersion.all[3], .newest])
    func withoutIDs(_ version: SchemaVersion) throws {
        let (strict, giving) = (SchemaValidator(Grammar(version)), SchemaValidator(Grammar(version), givingIDs: true))
        var random = RandomCIB(try SchemaGrammar(), schema: "\(version)", seed: 4)
        var bare = 0
        for _ in 0..<5 {
            let cib = try random.make()
            let tag = { (name: String) in cib[ObjectID(.resource, name)]?.element.name }
            for var object in cib.objects {
                object.element = object.element.withoutIDs
                bare += strict.flaws(in: object, tag: tag).isEmpty ? 0 : 1
                #expect(giving.flaws(in: object, tag: tag) == [], "\(object.element.xml)")
            }
        }
        #expect(bare > 20)
        var configurations = RandomConfiguration(version, seed: 5)
        var wrong = 0
        for _ in 0..<30 {
            let sound = configurations.next()
            let spoilt = CIB(Element("cib", [], children: [configurations.spoilt(sound)]))
            let tag = { (name: String) in spoilt[ObjectID(.resource, name)]?.element.name }
            for object in spoilt.objects {
                var filled = object
                filled.element = CRMIdentifiers().filling(object.element)
                let isSound = strict.flaws(in: filled, tag: tag).isEmpty
                wrong += isSound ? 0 : 1
                #expect(giving.flaws(in: object, tag: tag).isEmpty == isSound, "\(object.element.xml)")
            }
        }
        #expect(wrong > 5)
    }

    private func compare(_ configurations: [Element], by version: SchemaVersion) async throws {
        let validator = SchemaValidator(Grammar(version))
        let complaints = try await Xmllint.complaints(about: configurations, by: version)
        for (configuration, complaint) in zip(configurations, complaints) {
            let flaws = validator.flaws(in: configuration)
            #expect(
                flaws.isEmpty == (complaint == nil),
                "\(version)\n\(flaws.map { "\($0)" }.joined(separator: "\n"))\n\(complaint ?? "accepted")\n\(configuration.xml)")
        }
    }
}

extension Element {
    /// Without the ids that are no names of others.
    fileprivate var withoutIDs: Element {
        var element = self
        let references: Set = ["resource_ref", "obj_ref", "role", Tags.member]
        if !references.contains(name) { element.attributes.removeAll { $0.name == "id" } }
        element.children = children.map(\.withoutIDs)
        return element
    }
}
