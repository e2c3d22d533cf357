internal import CIB
internal import ClusterModel
internal import Diagnostics
public import Planning
public import Records
internal import Repository
public import Steps

extension NoteRecord {
    /// Writes down what stays as it is although git says otherwise.
    public mutating func hold(_ plan: Plan) {
        held =
            plan.held.map { "\($0.object.name): \($0.description) (\($0.driftClass.rawValue))" }
            + plan.notices.filter { $0.severity == .warning }.map(\.message)
    }

    /// Writes down the transaction of a plan.
    public mutating func carriedOut(_ plan: Plan) {
        changes = plan.changes.map { ObjectChange(action: $0.action.rawValue, kind: $0.keyword, name: $0.id.name) }
        script = plan.changes.isEmpty ? nil : try? plan.script(hidingSecrets: true)
    }

    /// Writes down what edits are lost, the files that this node has written or removed, the volumes that it has made, enlarged or removed, and the DRBD
    /// resources whose metadata it has made.
    public mutating func wrote(_ steps: [Step]) {
        let edited = steps.compactMap(\.fileChange).filter(\.isEdited).map { ([$0.path.text] + $0.difference).joined(separator: "\n") }
        lost = edited.isEmpty ? nil : edited
        let volumes = steps.compactMap(\.volumeChange).map { ObjectChange(action: $0.action.rawValue, kind: "volume", name: "\($0.path)") }
        let metadata = steps.compactMap(\.metadata).map { ObjectChange(action: ChangeAction.create.rawValue, kind: "metadata", name: $0) }
        files =
            volumes + metadata
            + steps.compactMap(\.fileChange).map { ObjectChange(action: $0.action.rawValue, kind: $0.format.rawValue, name: $0.path.text) }
    }
}
