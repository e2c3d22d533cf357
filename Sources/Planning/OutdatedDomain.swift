public import ClusterModel

/// A domU that runs on with something else than what its file says, until it is started anew: a migration takes along what it has.
public struct OutdatedDomain: Hashable, Sendable {
    public let path: HostPath
    /// What is not as the file says: `memory 128 MiB, not 256`.
    public let settings: [String]
}
