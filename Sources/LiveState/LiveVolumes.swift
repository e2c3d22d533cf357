public import Repository

/// The volume groups of one host and the logical volumes in them, as LVM tells them.
public struct LiveVolumes: Hashable, Sendable {
    public var groups: [String: Group]

    public init(groups: [String: Group] = [:]) { self.groups = groups }

    /// What volumes that we have made bear (lvm(8), "tags").
    public static let tag = "coxswain"

    /// What one bears besides that was made for DRBD, until what its extents held from before is wiped.
    public static let newTag = "coxswain.new"

    public struct Group: Hashable, Sendable {
        /// Bytes; sizes of volumes are multiples of it.
        public var extentSize: Int
        /// Bytes that no volume has.
        public var free: Int
        public var volumes: [String: Volume]

        public init(extentSize: Int, free: Int, volumes: [String: Volume] = [:]) {
            self.extentSize = extentSize
            self.free = free
            self.volumes = volumes
        }

        /// "Rounding up size to full physical extent" (lvcreate(8)).
        /// - Returns: nil where that is more than LVM can count.
        public func rounded(_ size: Int) -> Int? {
            let (sum, overflow) = size.addingReportingOverflow(extentSize - 1)
            return overflow ? nil : sum / extentSize * extentSize
        }
    }

    public struct Volume: Hashable, Sendable {
        /// Bytes.
        public var size: Int
        public var tags: Set<String>
        /// Whether something uses it, a mount or DRBD; nil where the kernel does not tell.
        public var isOpen: Bool?
        public var layout: Layout

        public init(size: Int, tags: Set<String> = [], isOpen: Bool? = false, layout: Layout = .linear) {
            self.size = size
            self.tags = tags
            self.isOpen = isOpen
            self.layout = layout
        }

        public var isOurs: Bool { tags.contains(LiveVolumes.tag) }

        /// Whether we were cut off when we made it.
        public var isUnfinished: Bool { isOurs && tags.contains(LiveVolumes.newTag) && layout == .linear }
    }

    /// lvmreport(7), `lv_layout` and `lv_role`.
    public enum Layout: Hashable, Sendable {
        /// Nothing but extents, and nothing stands on it.
        case linear
        /// It holds data like any other: striped, raid, thin, an origin of snapshots. Whoever made it so knows how it grows.
        case special(String)
        /// No volume for data: a pool, a snapshot.
        case none(String)
    }

    public subscript(path: VolumePath) -> Volume? {
        get { groups[path.group]?.volumes[path.name] }
        set { groups[path.group]?.volumes[path.name] = newValue }
    }
}
