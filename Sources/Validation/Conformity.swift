internal import CIB
internal import CIBGrammar
internal import CRMSyntax
internal import Diagnostics
internal import Repository
internal import XML

/// What the newest schema has against a commit's objects, which have to fit some cluster.
struct Conformity {
    private let declarations: Declarations
    private let schema = SchemaValidator(Grammar(.newest))
    /// As a rule there is nothing to find, and so no need to make up what the cluster makes up.
    private let outline = SchemaValidator(Grammar(.newest), givingIDs: true)

    init(_ declarations: Declarations) { self.declarations = declarations }

    var findings: [Finding] {
        // Of the names of cluster options the option rules know more.
        declarations.all.lazy.filter { $0.object.id.kind != .properties }.flatMap { declaration -> [Finding] in
            let targeted = withTargets(declaration.object)
            guard !outline.flaws(in: targeted, tag: tag).isEmpty else { return [] }
            let object = withIDs(targeted)
            return schema.flaws(in: object, tag: tag).map { Finding($0, in: object, tag: tag, declaration: declaration) }
        }
    }

    /// With the nodes of a fencing level, which a text may leave to the cluster.
    private func withTargets(_ object: CIBObject) -> CIBObject {
        guard object.id.kind == .fencing else { return object }
        var targeted = object
        targeted.element = object.element.withFencingTargets(["node"])
        return targeted
    }

    private func withIDs(_ object: CIBObject) -> CIBObject {
        var completed = object
        var identifiers = CRMIdentifiers()
        identifiers.fill(&completed.element)
        return completed
    }

    private func tag(_ name: String) -> String? { declarations[ObjectID(.resource, name)]?.object.element.name }
}
