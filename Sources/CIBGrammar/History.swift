public import CIB

/// When the schemas learned what one of them doesn't allow, or gave it up.
public struct History: Hashable, Sendable {
    /// The first later schema that allows it.
    public let came: SchemaVersion?
    /// The first schema that no longer does, where an earlier one did.
    public let went: SchemaVersion?

    /// - Parameters:
    ///   - flaw: what the schema `version` finds in the object.
    ///   - tag: as in `SchemaValidator.flaws(in:tag:)`.
    public init(of flaw: Flaw, in object: CIBObject, at version: SchemaVersion, tag: @escaping (String) -> String?) {
        let willing = Self.grammars.filter { grammar in
            !SchemaValidator(grammar).flaws(in: object, tag: tag).contains { flaw.isCovered(by: $0) }
        }.map(\.version)
        came = willing.first { $0 > version }
        went = willing.last { $0 < version }?.next
    }

    /// Made once, when somebody asks.
    private static let grammars = SchemaVersion.all.map(Grammar.init)
}
