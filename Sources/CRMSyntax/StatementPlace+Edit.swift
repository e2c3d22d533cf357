public import Diagnostics

extension StatementPlace {
    /// The edit that replaces the end of the first word of the statement that has such an end, without quotes: the role of
    /// `xps-MS:Master`. Nil where there is none.
    public func edit(replacingEnd end: String, with replacement: String) -> TextEdit? {
        guard let word = words.dropFirst().first(where: { $0.text.hasSuffix(end) && $0.text.count > end.count }) else { return nil }
        let range = word.range.upperBound - end.utf8.count..<word.range.upperBound
        guard source.bytes[range].elementsEqual(end.utf8) else { return nil }
        return TextEdit(file: source.path, range: range, replacement: replacement)
    }

    /// The edit that makes `clone … meta promotable=true` of an `ms` or `master`. Nil where the statement has several sets of
    /// meta attributes, or one with an id, a score or rules, or says itself whether it is promotable.
    public var editToPromotableClone: TextEdit? {
        let words = words
        guard words.count > 2, ["ms", "master"].contains(words[0].text), !words.contains(where: { $0.text.hasPrefix("promotable=") })
        else { return nil }
        let sets = words.indices.dropFirst(3).filter { words[$0].text == "meta" }
        guard let set = sets.first else { return edit(words[0], words[words.count - 1], " meta promotable=true") }
        guard sets.count == 1, set + 1 < words.count else { return nil }
        let next = words[set + 1].text
        guard next.contains("="), !next.hasPrefix("$"), !next.hasSuffix(":") else { return nil }
        return edit(words[0], words[set], " promotable=true")
    }

    /// `clone` instead of the keyword, and an addition behind a word; what is between them stays.
    private func edit(_ keyword: Word, _ last: Word, _ addition: String) -> TextEdit {
        let range = keyword.range.lowerBound..<last.range.upperBound
        let between = String(decoding: source.bytes[keyword.range.upperBound..<range.upperBound], as: UTF8.self)
        return TextEdit(file: source.path, range: range, replacement: "clone" + between + addition)
    }
}
