public import Diagnostics
internal import XML

/// Reads the CIB of one cluster again and again. While its configuration is the same to the letter, only the attributes of `<cib>` are read
/// anew, and the status as text.
public struct CIBReader: Sendable {
    /// How often the configuration had to be parsed.
    public private(set) var parses = 0
    private var former: (configuration: [UInt8], cib: CIB)?
    /// The last one that was found well-formed.
    private var status: StatusSection?

    public init() {}

    /// - Throws: a `Finding` where it is no CIB; in its status too, where that is kept.
    public mutating func read(_ source: SourceText, keepingStatus: Bool = false) throws(Finding) -> CIB {
        let configuration = source.text(ofChild: "configuration")
        if let former, former.configuration == configuration, source.ends(with: "</cib>"), let shell = source.shell {
            let status = keepingStatus ? try self.status(of: source) : nil
            return CIB(like: former.cib, attributes: try Element(parsing: shell).attributes, status: status)
        }
        parses += 1
        let cib = try CIB(parsing: source, keepingStatus: keepingStatus)
        // What else stands in <cib> would go unnoticed.
        former = cib.root.children.count == 1 ? configuration.map { ($0, cib) } : nil
        status = cib.status
        return cib
    }

    /// Other programs will read it.
    private mutating func status(of source: SourceText) throws(Finding) -> StatusSection? {
        let status = StatusSection(of: source)
        if let status, status != self.status {
            try SourceText(path: source.path, bytes: status.bytes).checkXML()
        } else if status == nil, source.range(of: "<status") != nil {
            try source.checkXML()
        }
        self.status = status
        return status
    }
}

extension SourceText {
    fileprivate func ends(with word: StaticString) -> Bool {
        let text = bytes.reversed().drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
        return text.starts(with: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount).reversed())
    }
}
