internal import Diagnostics

extension XenConfiguration {
    /// Another assignment in the place of one, where that means the same: the new key is not set besides.
    func replacing(_ assignment: Assignment, by text: String, in source: SourceText) -> TextEdit? {
        let key = String(text.prefix { $0 != " " })
        let range = assignment.origin.range.lowerBound..<assignment.valueOrigin.range.upperBound
        guard assignment.operator == .set, key == assignment.key || !assignments.contains(where: { $0.key == key }), !range.isEmpty else {
            return nil
        }
        return TextEdit(file: source.path, range: range, replacement: text)
    }

    /// Without the lines of an assignment. Only where there is nothing else in them, and nothing else is set in that key's place.
    func removing(_ assignment: Assignment, in source: SourceText) -> TextEdit? {
        let bytes = source.bytes
        let (start, end) = (assignment.origin.range.lowerBound, assignment.valueOrigin.range.upperBound)
        guard assignments.count(where: { $0.key == assignment.key }) == 1, start < end, end <= bytes.count else { return nil }
        let before = bytes[..<start].reversed().prefix { $0 != UInt8(ascii: "\n") }
        let after = bytes[end...].prefix { $0 != UInt8(ascii: "\n") }
        guard (Array(before) + after).allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) else { return nil }
        return TextEdit(file: source.path, range: start - before.count..<min(end + after.count + 1, bytes.count), replacement: "")
    }
}
