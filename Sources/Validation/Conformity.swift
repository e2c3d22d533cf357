internal import CIB
internal import CIBGrammar
internal import CRMSyntax
internal import Diagnostics
internal import Repository
internal import XML

/// What the newest schema has against a commit's objects, which have to fit some cluster.
struct Conformity {
    private let declarations: Declarations
    private let schema = Conformance(to: Grammar(.newest))

    init(_ declarations: Declarations) { self.declarations = declarations }

    var findings: [Finding] {
        // Of the names of cluster options the option rules know more.
        declarations.all.lazy.filter { $0.object.id.kind != .properties }.flatMap { declaration -> [Finding] in
            let object = completed(declaration.object)
            return schema.flaws(in: object, tag: tag).map { Finding($0, in: object, tag: tag, declaration: declaration) }
        }
    }

    /// With all that the text leaves to the cluster it is loaded into: ids, and the nodes of a fencing level.
    private func completed(_ object: CIBObject) -> CIBObject {
        var completed = object
        if object.id.kind == .fencing { completed.element = object.element.withFencingTargets(["node"]) }
        var identifiers = CRMIdentifiers()
        identifiers.fill(&completed.element)
        return completed
    }

    private func tag(_ name: String) -> String? { declarations[ObjectID(.resource, name)]?.object.element.name }
}
