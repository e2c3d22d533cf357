/// What of a text may be a secret, in whatever format and however wrong the line is.
///
/// It goes by words, not by a grammar: a line with a mistake is shown just because of it. It rather covers too much. Nothing is concealed
/// from the programs that need it; what reaches a person, a log or a note has passed here.
public struct Concealment: Hashable, Sendable {
    /// Where they stand, in order.
    private let ranges: [Range<Int>]
    /// What stands there, the longest first.
    private let values: [[UInt8]]
    /// What may be part of one, in the lines where it stands: other words of the file are the same.
    private let doubts: [Doubt]

    private struct Doubt: Hashable {
        let lines: Range<Int>
        let words: [[UInt8]]
    }

    private init(values: [[UInt8]]) {
        self.values = values
        (ranges, doubts) = ([], [])
    }

    init(of bytes: [UInt8]) {
        var search = SecretSearch(bytes)
        search.run()
        ranges = search.found
        // What stands in a comment no parser names, and it is mostly prose.
        let told = zip(ranges, search.told).filter { !$0.1.isComment }
        values = Self.values(told.map { Array(bytes[Self.firstLine(of: $0.1.value, bytes)]) })
        doubts = Dictionary(grouping: told, by: \.1.line).sorted { $0.key < $1.key }.map { line, told in
            let last = told.map(\.0.upperBound).max() ?? line
            let end = bytes[last...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            return Doubt(lines: line..<end + 1, words: Self.sorted(told.reduce(into: []) { $0.formUnion(Self.pieces(bytes[$1.0])) }))
        }
    }

    /// Of a value that ends further below it is doubtful whether it does; three quotes are meant to be so.
    private static func firstLine(of value: Range<Int>, _ bytes: [UInt8]) -> Range<Int> {
        let isTriple =
            value.count > 5 && bytes[value.lowerBound] == bytes[value.lowerBound + 1] && bytes[value.lowerBound] == bytes[value.lowerBound + 2]
        let end = isTriple ? nil : bytes[value].firstIndex(of: UInt8(ascii: "\n"))
        return value.lowerBound..<(end ?? value.upperBound)
    }

    /// As a parser may name them: between blanks, between quotes, by letters.
    private static func pieces(_ text: ArraySlice<UInt8>) -> Set<[UInt8]> {
        let all =
            text.split { $0 <= UInt8(ascii: " ") } + text.split { $0 <= UInt8(ascii: " ") || "\"';".utf8.contains($0) }
            + text.split { !$0.isWordByte && $0 < 0x80 }
        let words = all.filter { $0.contains { $0.isWordByte || $0 > 0x7F } }.map {
            $0.count > 3 ? Array($0) : [UInt8(ascii: "\"")] + $0 + [UInt8(ascii: "\"")]
        }
        return Set(words)
    }

    private static func sorted(_ words: Set<[UInt8]>) -> [[UInt8]] {
        words.sorted { $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count }
    }

    /// Of several texts: only for words about them.
    public init(of sources: [SourceText]) {
        self.init(values: Self.sorted(Set(sources.map(\.concealment).flatMap { $0.values + $0.doubts.flatMap(\.words) })))
    }

    /// Each whole, and its words, for a parser may name one of them.
    private static func values(_ all: [[UInt8]]) -> [[UInt8]] {
        let quotes = "\"'".utf8
        let words = all.flatMap { value -> [[UInt8]] in
            let inner = value.first.map(quotes.contains) == true ? Array(value.dropFirst().prefix { $0 != value[0] }) : value
            // One or two letters are known by their quotes only.
            let whole = inner.count > 2 ? [inner] : inner.isEmpty ? [] : quotes.map { [$0] + inner + [$0] }
            return whole
                + inner.split { $0 <= UInt8(ascii: " ") || quotes.contains($0) || $0 == UInt8(ascii: ";") }.map(Array.init).filter { $0.count > 3 }
        }
        return sorted(Set(words))
    }

    public var isEmpty: Bool { values.isEmpty }

    /// A part of the text with an asterisk for each character of a secret.
    func concealing(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var position = bytes.startIndex
        for range in ranges where range.overlaps(bytes.indices) {
            let range = range.clamped(to: bytes.indices)
            result += bytes[position..<range.lowerBound]
            result += bytes[range].lazy.filter { $0 & 0xC0 != 0x80 }.map { _ in UInt8(ascii: "*") }
            position = range.upperBound
        }
        return result + bytes[position...]
    }

    /// Words about the text, without what is secret in it.
    public func concealing(_ words: String) -> String { Self.concealing(words, values) }

    /// Words about what stands at an offset.
    func concealing(_ words: String, at offset: Int) -> String {
        Self.concealing(words, values + doubts.filter { $0.lines.contains(offset) }.flatMap(\.words))
    }

    private static func concealing(_ words: String, _ values: [[UInt8]]) -> String {
        guard !values.isEmpty else { return words }
        var bytes = Array(words.utf8)
        for value in values { bytes = bytes.replacing(value) }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Concealment {
    static let mask = "******"
}

extension String {
    /// A line of a program, or a value of a person, with asterisks for what may be secret in it: `--shared-secret=X`, `https://me:X@host`.
    public var concealingSecrets: String {
        let bytes = Array(utf8)
        var search = SecretSearch(bytes)
        search.run()
        guard !search.found.isEmpty else { return self }
        var result: [UInt8] = []
        var position = 0
        for range in search.found where range.lowerBound >= position {
            result += bytes[position..<range.lowerBound] + Concealment.mask.utf8
            position = range.upperBound
        }
        return String(decoding: result + bytes[position...], as: UTF8.self)
    }

    /// Whether a parameter of this name holds a secret, spelt right or nearly so.
    public var announcesSecret: Bool {
        let bytes = Array(utf8)
        return TellingWord.matches(bytes[...]) && !TellingWord.needsSign(bytes[...])
    }

    /// Whether it has a password in it: `https://me:X@host`, `username=me,password=X`.
    public var holdsSecrets: Bool {
        guard utf8.contains(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }) else { return false }
        let bytes = Array(utf8)
        var search = SecretSearch(bytes)
        search.run()
        // Without a sign it may be prose.
        return search.found.contains { range in
            bytes[..<range.lowerBound].last { !"\"'".utf8.contains($0) }.map("=:%/".utf8.contains) ?? false
        }
    }
}

extension SourceText {
    /// The passwords of addresses within a range: X of `https://me:X@host`.
    public func credentials(in range: Range<Int>) -> [Range<Int>] {
        var search = SecretSearch(Array(bytes[range]))
        search.runThroughAddresses()
        return search.found.map { $0.lowerBound + range.lowerBound..<$0.upperBound + range.lowerBound }
    }
}

extension [UInt8] {
    /// With the mask in the place of each occurrence that is no part of a longer word; and of each beginning of it, for programs cut off
    /// what is too long.
    fileprivate func replacing(_ value: [UInt8]) -> [UInt8] {
        guard let first = value.first, count >= value.count else { return self }
        var result: [UInt8] = []
        var index = 0
        while index < count {
            let common = self[index] == first && isEdge(index, first) ? zip(self[index...], value).prefix { $0 == $1 }.count : 0
            let isWhole = common == value.count && isEdge(index + common, value[value.count - 1])
            if isWhole || common > 7 {
                result += Concealment.mask.utf8
                index += common
            } else {
                result.append(self[index])
                index += 1
            }
        }
        return result
    }

    /// Whether no word goes on there.
    private func isEdge(_ offset: Int, _ side: UInt8) -> Bool {
        guard offset > 0, offset < count, side.isWordByte else { return true }
        return !(self[offset - 1].isWordByte && self[offset].isWordByte)
    }
}
