internal import Diagnostics

/// How much of a `.crm` file is read. Nothing nests in it but the elements of an `xml` statement, whose bound is XML's.
enum Bounds {
    /// The configuration of 10,000 virtual machines has 15 MB.
    static let file = Bound(64 << 20, "bytes in a .crm file")
    /// The same configuration has some 70,000.
    static let statements = Bound(1_000_000, "statements in a .crm file")
    /// A group or tag of 10,000 members has 160 kB.
    static let statement = Bound(1 << 20, "bytes in a statement")
    /// Those of a part of a bundle, where no list says which there are.
    static let attributes = Bound(512, "attributes in a row")
}
