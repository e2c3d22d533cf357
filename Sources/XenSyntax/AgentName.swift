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
        let lines = source.bytes.split(separator: UInt8(ascii: "\n")).filter(\.namesDomain)
        let names = lines.map { String(decoding: $0, as: UTF8.self).unicodeScalars[...].valueForAgent }
        let isOdd = names.contains { $0.contains { $0 == "%" || isBlank($0) } }
        let name = String(names.map { String($0) }.joined(separator: "\n").reversed().drop { $0 == "\n" }.reversed())
        return isOdd || name.isEmpty ? resource : name
    }

    /// `[[:space:]]` within a line.
    fileprivate static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || (0x09...0x0D).contains(scalar.value) }
}

extension ArraySlice<UInt8> {
    /// Awk's fields are separated by blanks and tabs.
    fileprivate var namesDomain: Bool {
        let line = drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard line.first == UInt8(ascii: "n"), line.starts(with: "name".utf8) else { return false }
        return line.dropFirst(4).first.map { "= \t".utf8.contains($0) } ?? true
    }
}

extension String.UnicodeScalarView.SubSequence {
    fileprivate var valueForAgent: String.UnicodeScalarView {
        let value = lastIndex(of: "=").map { self[index(after: $0)...].drop(while: XenConfiguration.isBlank) } ?? self
        return String.UnicodeScalarView(value.filter { !["[", "]", "\"", "'"].contains($0) })
    }
}
