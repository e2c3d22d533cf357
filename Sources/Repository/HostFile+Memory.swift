public import Diagnostics

extension HostFile {
    /// The file with the host's line of memory in the place of its own. Where `allow_mem_management` is set, ocf:heartbeat:Xen (resource-agents
    /// 4.12.0) divides the host's memory anew at each start, and writes every domU's share: `sed -i -e "/^memory=/ s/^memory=.*/memory=${NEWMEM}/"`.
    public func keepingMemory(of live: SourceText) -> HostFile {
        guard let own = Self.memoryLine(of: source), let written = Self.memoryLine(of: live) else { return self }
        let bytes = source.bytes[..<own.lowerBound] + live.bytes[written] + source.bytes[own.upperBound...]
        return HostFile(format: format, name: name, source: SourceText(path: source.path, bytes: Array(bytes)), resources: resources)
    }

    /// Whether another file has the same line of memory.
    public func hasMemory(of other: HostFile) -> Bool {
        Self.memoryLine(of: source).map { source.bytes[$0] } == Self.memoryLine(of: other.source).map { other.source.bytes[$0] }
    }

    /// `512` of `memory=512`, as it stands there; nil where no such line is.
    public static func memory(of text: SourceText) -> String? {
        memoryLine(of: text).map { String(decoding: text.bytes[$0].dropFirst("memory=".utf8.count), as: UTF8.self) }
    }

    private static func memoryLine(of text: SourceText) -> Range<Int>? {
        let key = Array("memory=".utf8)
        var start = 0
        while start < text.bytes.count {
            let end = text.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.bytes.count
            if text.bytes[start..<end].starts(with: key) { return start..<end }
            start = end + 1
        }
        return nil
    }
}
