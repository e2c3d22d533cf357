/// Which part of a repository is for which cluster. Nodes reach one repository by several addresses: these say nothing.
public struct RepositoryPart: Hashable, Sendable {
    /// Nil where neither `coxswain.yaml` nor a person names it.
    public let cluster: String?
    /// The directory that holds the desired state; "." is the repository's root.
    public let path: String

    public init(cluster: String?, path: String?) {
        self.cluster = cluster
        let names = (path ?? "").split(separator: "/").filter { $0 != "." }
        self.path = names.isEmpty ? "." : names.joined(separator: "/")
    }

    /// Whether it is another cluster's. A name counts for more than a place: a directory may move, and a cluster get its name later.
    public func isForeign(to other: RepositoryPart) -> Bool {
        if let cluster, let name = other.cluster { return cluster != name }
        return path != other.path
    }

    public var title: String { cluster ?? path }
}
