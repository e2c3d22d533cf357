internal import CIB
internal import ClusterModel
internal import Planning
internal import Records
internal import Steps

/// What git never declared stays as it is: objects of the CIB and files that somebody made by hand.
final class BystanderChecker: Checker {
    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .configured(let partition, let former, .daemon(let node, let step)):
            for object in former.objects where object.id.name.hasPrefix("manual") {
                guard partition.cib[object.id]?.element == object.element else { return "\(node) changes \(object.id) by \"\(step.id)\"" }
            }
            if case .transact = step.action { return nil }
            for object in former.objects where object.id != ClusterRecord.set && !isLifted(object, by: step) {
                guard partition.cib[object.id]?.element == object.element else { return "\"\(step.id)\" of \(node) changes \(object.id)" }
            }
            return nil
        case .performing(let node, let step, _):
            guard let path = step.fileChange?.path.text, path.contains("/manual") else { return nil }
            return "\(node) does \"\(step.id)\" to a file that is nobody's"
        default: return nil
        }
    }

    /// Our own ban, of what a commit wanted gone that was given up.
    private func isLifted(_ object: CIBObject, by step: Step) -> Bool {
        guard case .record(.lift(let resources, _)) = step.action else { return false }
        return resources.contains { ClusterRecord.ban(of: $0) == object.id }
    }
}
