internal import Diagnostics

/// How much of a domU's file is read. How deep lists nest is bounded beside their reader.
enum Bounds {
    /// A domU takes a kilobyte.
    static let file = Bound(1 << 20, "bytes in a file of a domU")
    /// Texts, numbers and lists. A domU has some forty.
    static let values = Bound(50_000, "values in a file of a domU")
}
