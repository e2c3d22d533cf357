internal import Diagnostics

/// How much of a file of drbd.conf(5) is read. How long words are and how deep sections nest is bounded beside their readers.
enum Bounds {
    /// A resource takes half a kilobyte; this holds two thousand of them in one file.
    static let file = Bound(1 << 20, "bytes in a file of DRBD's")
    /// A resource of two hosts has some twenty.
    static let statements = Bound(50_000, "statements in a file of DRBD's")
}
