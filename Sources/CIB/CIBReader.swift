public import Diagnostics
internal import XML

/// Reads the CIB of one cluster again and again. While its configuration is the same to the letter, only the attributes of `<cib>` are read
/// anew, and the status as text.
public struct CIBReader: Sendable {
    /// How often the configuration had to be parsed.
    public private(set) var parses = 0
    private var former: (configuration: [UInt8], cib: CIB)?

    public init() {}

    /// - Throws: a `Finding` where it is no CIB. In a status beside a configuration that is known nothing is looked for.
    public mutating func read(_ source: SourceText, keepingStatus: Bool = false) throws(Finding) -> CIB {
        let configuration = source.text(ofChild: "configuration")
        if let former, former.configuration == configuration, source.ends(with: "</cib>"), let shell = source.shell {
            let status = keepingStatus ? StatusSection(of: source) : nil
            return CIB(like: former.cib, attributes: try Element(parsing: shell).attributes, status: status)
        }
        parses += 1
        let cib = try CIB(parsing: source, keepingStatus: keepingStatus)
        // What else stands in <cib> would go unnoticed.
        former = cib.root.children.count == 1 ? configuration.map { ($0, cib) } : nil
        return cib
    }
}

extension SourceText {
    fileprivate func ends(with word: StaticString) -> Bool {
        let text = bytes.reversed().drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
        return text.starts(with: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount).reversed())
    }
}
