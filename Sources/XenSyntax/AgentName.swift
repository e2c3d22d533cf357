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
        let lines = source.bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self).unicodeScalars[...] }
        let names = lines.filter(\.namesDomain).map(\.valueForAgent)
        let isOdd = names.contains { $0.contains { $0 == "%" || isBlank($0) } }
        let name = String(names.map { String($0) }.joined(separator: "\n").reversed().drop { $0 == "\n" }.reversed())
        return isOdd || name.isEmpty ? resource : name
    }

    /// `[[:space:]]` within a line.
    fileprivate static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || (0x09...0x0D).contains(scalar.value) }
}

extension String.UnicodeScalarView.SubSequence {
    /// Awk's fields are separated by blanks and tabs.
    fileprivate var namesDomain: Bool {
        let field = String(drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" })
        return field == "name" || field.hasPrefix("name=")
    }

    fileprivate var valueForAgent: String.UnicodeScalarView {
        let value = lastIndex(of: "=").map { self[index(after: $0)...].drop(while: XenConfiguration.isBlank) } ?? self
        return String.UnicodeScalarView(value.filter { !["[", "]", "\"", "'"].contains($0) })
    }
}
