internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import Repository

/// What a commit wants started anew, as far as it is there and stays.
struct Restarts {
    let resources: [ResourceID]
    let notices: [Finding]

    init(_ wanted: Set<ResourceID>, in live: CIB, _ desired: DesiredState) {
        let isThere = { (resource: ResourceID) in
            let id = ObjectID(.resource, resource.text)
            return live[id] != nil && desired.declares(id)
        }
        resources = wanted.filter(isThere).sorted()
        notices = wanted.filter { !isThere($0) }.sorted().map {
            .warning(
                "the commit wants \($0) started anew, and the cluster has no such resource, or the commit none",
                remedy: "Restart: takes ids of resources")
        }
    }
}
