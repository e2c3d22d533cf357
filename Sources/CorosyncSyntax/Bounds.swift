internal import Diagnostics

/// How much of a corosync.conf is read. How long lines are and how deep sections nest is bounded beside their reader.
enum Bounds {
    /// A cluster of 32 nodes takes four kilobytes.
    static let file = Bound(1 << 20, "bytes in a corosync.conf")
    /// Those that say something; a cluster of 32 nodes has some two hundred.
    static let lines = Bound(20_000, "lines in a corosync.conf")
}
