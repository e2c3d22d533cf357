internal import CIB
public import ClusterModel
public import Repository

extension DesiredState {
    /// The resources that another state declares otherwise, or not at all; nil as the other state touches everything.
    public func touched(since former: DesiredState?) -> Set<ResourceID> {
        let resources = declarations.filter { $0.object.id.kind == .resource }
        let changed = resources.filter { former?[$0.object.id]?.object.element != $0.object.element }
        return Set(changed.map { ResourceID($0.object.id.name) })
    }
}
