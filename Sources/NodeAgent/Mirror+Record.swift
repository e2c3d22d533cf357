public import CIB
public import GitStore
internal import Records

extension Mirror {
    /// Keeps the commits that a cluster's record names, whatever a forced push takes away: what is in force is the base of every comparison.
    ///
    /// - Parameter only: whether those that were kept before are let go.
    public func keep(recordedIn cib: CIB, only: Bool) throws(GitFailure) {
        let record = ClusterRecord(in: cib)
        try keep(Set([record.applied, record.begun, record.good].compactMap(\.self)), only: only)
    }
}
