/// What the disks of a DRBD resource hold on one host, by the numbers of its volumes. Only resources that a commit brings are asked for it.
public struct DRBDMetadata: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        /// Neither metadata nor anything else that anybody knows.
        case nothing
        /// Metadata as create-md leaves them: DRBD has no data here yet.
        case justCreated
        /// Metadata with a history: there are data.
        case data
        /// Something else's, be it beside metadata that are just created: `ext4`.
        case foreign(String)
    }

    public var disks: [Int: Content]

    public init(_ disks: [Int: Content]) { self.disks = disks }
}
