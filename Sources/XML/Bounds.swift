internal import Diagnostics

/// How much of an XML document is read. How deep elements nest is libxml2's bound: 256.
enum Bounds {
    /// The CIB of 10,000 virtual machines has 23 MB.
    static let document = Bound(256 << 20, "bytes in a document")
    /// The same CIB has some 300,000.
    static let elements = Bound(4_000_000, "elements in a document")
    /// libxml2 compares each with each. No element of a CIB can have thirty.
    static let attributes = Bound(512, "attributes of an element")
    /// A tag, comment or text. libxml2 reads a tag whole before it says what is in it.
    static let stretch = Bound(256 << 10, "bytes without the beginning or end of an element")
}
