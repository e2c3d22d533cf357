public import Repository

/// What happens to one logical volume of this host.
public struct VolumeChange: Hashable, Sendable {
    /// A change is growth: nothing is ever made smaller.
    public let action: ChangeAction
    public let path: VolumePath
    /// Bytes, before; nil for one that comes.
    public let old: Int?
    /// Bytes, rounded up to the group's extents; nil for one that goes.
    public let new: Int?
    /// Whether every node of the cluster has it.
    public let isEverywhere: Bool
    /// Whether DRBD is to stand on one that comes: it takes a disk only on which there is nothing.
    public let isForDRBD: Bool

    public init(
        _ action: ChangeAction, _ path: VolumePath, old: Int? = nil, new: Int? = nil, isEverywhere: Bool = true, isForDRBD: Bool = false
    ) {
        self.isForDRBD = isForDRBD
        self.action = action
        self.path = path
        self.old = old
        self.new = new
        self.isEverywhere = isEverywhere
    }

    /// `10GiB`, `10GiB -> 20GiB`.
    public var sizes: String { [old, new].compactMap { $0.map(ByteCount.text) }.joined(separator: " -> ") }
}
