public import Diagnostics
internal import XML

/// The `<status>` element of a CIB as text: nobody but Pacemaker reads what is in it.
public struct StatusSection: Hashable, Sendable {
    public let bytes: [UInt8]
    /// Shared by all copies: more than one ask for them, and few have any.
    let results = Once<Result<[OperationResult], Finding>>()

    public init?(of cib: SourceText) {
        guard let bytes = cib.text(ofChild: "status") else { return nil }
        self.bytes = bytes
    }

    public static func == (a: StatusSection, b: StatusSection) -> Bool { a.bytes == b.bytes }

    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

    /// Whether it knows of a node: the section of a CIB that was never part of a cluster does not.
    public var hasNodes: Bool { SourceText(path: "", bytes: bytes).range(of: "node_state") != nil }
}

extension CIB {
    /// The document with the status that was kept.
    ///
    /// - Parameter time: in seconds since 1970, when rules and failures that expire are looked at (`execution-date`), unless the CIB says so itself.
    public func document(at time: Int64? = nil) -> [UInt8] {
        var root = root
        if let time, root["execution-date"] == nil { root["execution-date"] = String(time) }
        let end = "</cib>\n"
        let text = root.xml.dropLast(end.count)
        return Array(text.utf8) + (status?.bytes ?? []) + Array("\n\(end)".utf8)
    }
}
