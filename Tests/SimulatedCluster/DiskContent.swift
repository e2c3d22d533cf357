internal import TestKit

/// What is on a disk that DRBD stands on, or is to stand on.
enum DiskContent: Hashable {
    case nothing
    /// Somebody's data, or what a former volume has left.
    case foreign(String)
    /// DRBD's metadata, and the data that they tell of; none where they are just created.
    case metadata(Generation?)

    struct Generation: Hashable {
        /// Of one first synchronisation.
        let lineage: Int
        /// How often it was written to.
        var version = 0
    }

    var generation: Generation? { if case .metadata(let generation) = self { generation } else { nil } }
}

extension DiskContent {
    /// What administrators may have left on the two hosts, on disks that nothing stands on yet.
    static func spare(_ random: inout Seeded, lineage: Int) -> [DiskContent] {
        let data = DiskContent.metadata(Generation(lineage: lineage))
        return random.pick([
            [data, data], [data, data], [.nothing, .nothing], [.nothing, .nothing], [.metadata(nil), .metadata(nil)], [.metadata(nil), .nothing],
            [data, .nothing], [.metadata(nil), data], random.chance(4) ? [.nothing, .foreign("ext4")] : [data, data],
        ])
    }
}
