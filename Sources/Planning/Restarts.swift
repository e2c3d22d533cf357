internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Repository

/// What a commit wants started anew, as far as it is there and stays.
struct Restarts {
    let resources: [ResourceID]
    let notices: [Finding]

    /// - Parameters:
    ///   - named: by the commit's message.
    ///   - cold: whose file changes in what a domU has to be started anew for, where that is the policy.
    init(_ named: Set<ResourceID>, cold: Set<ResourceID> = [], in live: CIB, _ desired: DesiredState) {
        let isThere = { (resource: ResourceID) in
            let id = ObjectID(.resource, resource.text)
            return live[id] != nil && desired.declares(id)
        }
        resources = named.union(cold).filter(isThere).sorted()
        notices = named.filter { !isThere($0) }.sorted().map {
            .warning(
                "the commit wants \($0) started anew, and the cluster has no such resource, or the commit none",
                remedy: "Restart: takes ids of resources")
        }
    }
}

extension DesiredState {
    /// The domUs that run, and whose files change in what they have to be started anew for.
    func coldDomains(since base: DesiredState?, _ cluster: ClusterStatus?) -> Set<ResourceID> {
        guard let base, let cluster, policy.restart == .auto else { return [] }
        let (former, wanted) = (base.domains, domains)
        let changed = Set(wanted.filter { path, domain in former[path].map { !ColdChanges(from: $0, to: domain).isEmpty } ?? false }.keys)
        guard !changed.isEmpty else { return [] }
        let tree = resourceTree
        let resources = declarations.map(\.object).filter { tree.domainFile(of: $0).map(changed.contains) == true }
        return Set(resources.map(\.id.name).filter { cluster.isActive($0) }.map(ResourceID.init(_:)))
    }
}
