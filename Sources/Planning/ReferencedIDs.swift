internal import CIB
internal import CRMSyntax
internal import Repository
internal import XML

/// The ids that the repository refers to, looked up when it is first asked for one: few repositories name any part of an object.
final class ReferencedIDs {
    private let desired: DesiredState
    private lazy var ids = desired.declarations.reduce(into: Set<String>()) { $0.formUnion($1.object.element.referencedIDs) }

    init(_ desired: DesiredState) { self.desired = desired }

    func contains(_ id: String) -> Bool { ids.contains(id) }
}
