internal import Diagnostics

/// How much of a file of /etc/default is read.
enum Bounds {
    /// Debian's xendomains has five kilobytes, comments included.
    static let file = Bound(1 << 20, "bytes in a file of /etc/default")
    static let lines = Bound(20_000, "lines in a file of /etc/default")
}
