internal import CIB
internal import CIBGrammar
internal import Diagnostics
internal import Repository
internal import XML

/// The schema that the live CIB is written for, which nothing here ever changes.
struct LiveSchema {
    private let schema: SchemaValidator
    private let live: CIB
    private let desired: DesiredState

    /// Nil where it is none that we know: `none`, one before 1.0, or one of the future. Then `crm_verify` has the only say.
    init?(live: CIB, desired: DesiredState) {
        guard let version = SchemaVersion(name: live.schema), SchemaVersion.all.contains(version) else { return nil }
        schema = SchemaValidator(Grammar(version))
        self.live = live
        self.desired = desired
    }

    /// What the schema has against an object, and not already against what it takes the place of.
    func misfits(of object: CIBObject, insteadOf former: CIBObject?) -> [Finding] {
        let flaws = schema.flaws(in: object, tag: tag)
        guard !flaws.isEmpty else { return [] }
        let known = former.map { schema.flaws(in: $0, tag: tag) } ?? []
        return flaws.filter { flaw in !known.contains { $0.isLike(flaw) } }.map { flaw in
            Finding(flaw, in: object, liveSchema: schema.grammar.version, tag: tag, declaration: desired[object.id])
        }
    }

    private func tag(_ name: String) -> String? {
        let id = ObjectID(.resource, name)
        return (desired[id]?.object ?? live[id])?.element.name
    }
}

extension CIB {
    /// "Update does not conform to the configured schema" is all that Pacemaker's tools say, and they read nothing of it either. What a newer
    /// Pacemaker brought is another matter, and so is its schema of the day (pacemaker-next).
    var unreadableSchema: Finding? {
        guard let schema = root["validate-with"], schema != "none", schema != "pacemaker-next" else { return nil }
        let version = SchemaVersion(name: schema)
        guard version.map({ !SchemaVersion.all.contains($0) && $0 < .newest }) ?? true else { return nil }
        return .error(
            "the CIB is written for the schema \"\(schema)\" (validate-with), and no Pacemaker of today knows it: its tools refuse to read it, and to change it",
            remedy: "write one that it has into <cib>, \(SchemaVersion.all[0]) to \(SchemaVersion.newest), and look what crm_verify says")
    }
}
