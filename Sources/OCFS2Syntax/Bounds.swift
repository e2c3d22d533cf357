internal import Diagnostics

/// How much of a cluster.conf is read.
enum Bounds {
    /// o2cb knows 255 nodes at most, which take 25 kilobytes.
    static let file = Bound(1 << 20, "bytes in a cluster.conf")
    /// 255 nodes take two thousand.
    static let lines = Bound(20_000, "lines in a cluster.conf")
}
