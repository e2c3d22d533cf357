public import Diagnostics

extension XenConfiguration {
    /// The domain that ocf:heartbeat:Xen (resource-agents 4.12.0) looks for where its parameter `name` is not given. It has a reading of its own:
    ///
    ///     awk '$1~/^name(=|$)/{print}' FILE | sed 's/.*=[[:space:]]*//' | tr -d "[\"']"
    ///
    /// A comment or a blank after the value is a part of it; of what holds `%` or a blank it makes the resource's id.
    ///
    /// - Parameter resource: the id of the primitive.
    public static func nameForAgent(in source: SourceText, of resource: String) -> String {
        let names = source.bytes.lines(where: \.namesDomain).map(\.valueForAgent)
        let isOdd = names.contains { $0.contains { $0 == UInt8(ascii: "%") || $0.isSpace } }
        var name = Array(names.joined(separator: [UInt8(ascii: "\n")]))[...]
        while name.last == UInt8(ascii: "\n") { name.removeLast() }
        return isOdd || name.isEmpty ? resource : String(decoding: name, as: UTF8.self)
    }
}

extension UInt8 {
    /// `[[:space:]]` within a line.
    fileprivate var isSpace: Bool { self == UInt8(ascii: " ") || (0x09...0x0D).contains(self) }
}

extension [UInt8] {
    fileprivate func lines(where isMeant: (ArraySlice<UInt8>) -> Bool) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while start < count {
            let end = self[start...].firstIndex(of: UInt8(ascii: "\n")) ?? count
            if isMeant(self[start..<end]) { lines.append(self[start..<end]) }
            start = end + 1
        }
        return lines
    }
}

extension ArraySlice<UInt8> {
    /// Awk's fields are separated by blanks and tabs.
    fileprivate var namesDomain: Bool {
        guard let first = firstIndex(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }), self[first] == UInt8(ascii: "n") else {
            return false
        }
        let line = self[first...]
        guard line.starts(with: "name".utf8) else { return false }
        return line.dropFirst(4).first.map { "= \t".utf8.contains($0) } ?? true
    }
}

extension ArraySlice<UInt8> {
    /// All that it looks for is ASCII, and no byte of another character is.
    fileprivate var valueForAgent: [UInt8] {
        let value = lastIndex(of: UInt8(ascii: "=")).map { self[($0 + 1)...].drop(while: \.isSpace) } ?? self
        return value.filter { !"[]\"'".utf8.contains($0) }
    }
}
