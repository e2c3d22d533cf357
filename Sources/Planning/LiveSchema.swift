internal import CIB
internal import CIBGrammar
internal import Diagnostics
internal import Repository
internal import XML

/// The schema that the live CIB is written for, which nothing here ever changes.
struct LiveSchema {
    private let schema: Conformance
    private let live: CIB
    private let desired: DesiredState

    /// Nil where it is none that we know: `none`, one before 1.0, or one of the future. Then `crm_verify` has the only say.
    init?(live: CIB, desired: DesiredState) {
        guard let version = SchemaVersion(name: live.schema), SchemaVersion.all.contains(version) else { return nil }
        schema = Conformance(to: Grammar(version))
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
