/// Looks for words that announce a secret, and for what stands behind them.
struct SecretSearch {
    private let bytes: [UInt8]
    private(set) var found: [Range<Int>] = []
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func run() {
        while position < bytes.count {
            let start = position
            while position < bytes.count, bytes[position].isWordByte { position += 1 }
            if position > start {
                if TellingWord.matches(bytes[start..<position]) { takeValue(of: start..<position) }
            } else if let address = address(at: start) {
                position = address
                if let range = credentials(behind: position) { add(range) }
            } else {
                position += 1
            }
        }
    }

    /// Looks at nothing else.
    mutating func runThroughAddresses() {
        while position < bytes.count {
            let address = address(at: position)
            position = address ?? position + 1
            if let range = address.flatMap(credentials) { add(range) }
        }
    }

    private mutating func add(_ range: Range<Int>) {
        let isMasked = bytes[range].drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }.starts(with: Concealment.mask.utf8)
        guard !range.isEmpty, !isMasked else { return }
        found.append(range)
        position = max(position, range.upperBound)
    }

    /// What stands behind `https://`, or behind `iscsi:` of dracut, which has `iscsi:me:X@host::3260`.
    private func address(at start: Int) -> Int? {
        guard bytes[start] == UInt8(ascii: ":") else { return nil }
        if bytes[start...].starts(with: "://".utf8) { return start + 3 }
        return scheme(before: start).elementsEqual("iscsi".utf8) ? start + 1 : nil
    }

    /// `me:X@host`: what stands behind the colon, or the percent sign that QEMU has in its place for iSCSI; all of `TOKEN@host`, where no user
    /// is named.
    func credentials(behind start: Int) -> Range<Int>? {
        let authority = bytes[start...].prefix { $0 > UInt8(ascii: " ") && !"/\"'\\,;".utf8.contains($0) }
        guard let at = authority.lastIndex(of: UInt8(ascii: "@")), at > start else { return nil }
        let scheme = scheme(before: bytes[..<start].lastIndex(of: UInt8(ascii: ":")) ?? start)
        let separators = scheme.elementsEqual("iscsi".utf8) || scheme.elementsEqual("iser".utf8) ? ":%" : ":"
        if let colon = bytes[start..<at].firstIndex(where: separators.utf8.contains) { return colon + 1 < at ? colon + 1..<at : nil }
        // A bare user name of ssh is no secret.
        return scheme.contains(UInt8(ascii: "p")) ? start..<at : nil
    }

    /// The letters of an address that stand before its colon.
    private func scheme(before colon: Int) -> ArraySlice<UInt8> {
        let start = bytes[..<colon].lastIndex { !(0x61...0x7A).contains($0 | 0x20) }.map { $0 + 1 } ?? 0
        return bytes[start..<colon]
    }

    private mutating func takeValue(of word: Range<Int>) {
        let isReference = word.lowerBound > 0 && bytes[word.lowerBound - 1] == UInt8(ascii: "@")
        let isName = bytes[word].elementsEqual("secret".utf8) && byte(word.upperBound) == UInt8(ascii: ":") && !isBlank(word.upperBound + 1)
        guard !isReference, !isName else { return }
        if let data = data(behind: word) { return add(data) }
        var index = word.upperBound
        // "passwd": "X" of JSON; name="passwd" value="X" of XML.
        if let quote = byte(index), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") { index += 1 }
        index = pastBlanks(index)
        var separator: UInt8?
        if bytes[min(index, bytes.count)...].starts(with: "value=".utf8) { (index, separator) = (index + 6, UInt8(ascii: "=")) }
        if byte(index) == UInt8(ascii: "+") { index += 1 }
        if separator == nil, let sign = byte(index), sign == UInt8(ascii: "=") || sign == UInt8(ascii: ":") {
            separator = sign
            index += 1
        }
        if separator == nil, TellingWord.needsSign(bytes[word]), !isAlone(word) { return }
        if let list = list(behind: index, isBlock: separator == nil) { return add(list) }
        let isSpaced = isBlank(index)
        let start = separator == nil ? pastBlanksAndComments(index) : pastBlanks(index)
        guard start > word.upperBound, !bytes[min(start, bytes.count)...].starts(with: "secret:".utf8), byte(start) != UInt8(ascii: ";") else {
            return
        }
        add(start..<end(of: start, isSpaced: isSpaced || separator == nil))
    }

    /// `secret,id=…,data=X`, an object of QEMU.
    private func data(behind word: Range<Int>) -> Range<Int>? {
        guard byte(word.upperBound) == UInt8(ascii: ","), bytes[word].elementsEqual("secret".utf8) else { return nil }
        let object = bytes[word.upperBound...].prefix { $0 > UInt8(ascii: " ") && !"\"';".utf8.contains($0) }
        guard let start = object.firstRange(of: Array("data=".utf8))?.upperBound else { return nil }
        return start..<(object[start...].firstIndex(of: UInt8(ascii: ",")) ?? object.endIndex)
    }

    /// `['X', 'Y']`, `("X")`; without a sign `{ "X"; }`: all that is in it, or in its line where nothing closes it.
    private func list(behind start: Int, isBlock: Bool) -> Range<Int>? {
        let index = pastBlanks(start)
        let pairs = isBlock ? ["{": "}"] : ["[": "]", "(": ")"]
        guard let open = byte(index), let close = pairs[String(UnicodeScalar(open))]?.utf8.first else { return nil }
        var end = index + 1
        while let next = byte(end), next != close, end - index < Self.longestList {
            end = next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") ? closing(of: end) : end + 1
        }
        guard byte(end) == close else { return index + 1..<(bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count) }
        return index + 1..<end
    }

    /// Bytes.
    private static let longestList = 4096

    /// Whether the word begins its line, and one more word ends it.
    private func isAlone(_ word: Range<Int>) -> Bool {
        let before = bytes[..<word.lowerBound].reversed().prefix { $0 != UInt8(ascii: "\n") }
        let behind = bytes[word.upperBound...].prefix { $0 != UInt8(ascii: "\n") }
        return before.allSatisfy { $0 <= UInt8(ascii: " ") } && behind.split { $0 <= UInt8(ascii: " ") }.count == 1
    }

    /// Up to the closing quote, and on to the end of a statement that has more; to the end of the line, or a semicolon, where blanks stand
    /// around; else to the end of the word.
    private func end(of start: Int, isSpaced: Bool) -> Int {
        guard let first = byte(start) else { return start }
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            let end = closing(of: start)
            guard isSpaced, let next = byte(pastBlanks(end)), !";,#)]}\r\n".utf8.contains(next) else { return end }
            return bytes[end...].firstIndex { ";\n".utf8.contains($0) } ?? bytes.count
        }
        let ends = isSpaced ? ";\n" : " \t\r\n;,\"'<>)]}"
        return bytes[start...].firstIndex { ends.utf8.contains($0) } ?? bytes.count
    }

    /// The end of what is quoted, in one line; with three quotes, as Python and xl have them, in several.
    private func closing(of start: Int) -> Int {
        let quote = bytes[start]
        let isTriple = byte(start + 1) == quote && byte(start + 2) == quote
        var index = start + (isTriple ? 3 : 1)
        while let next = byte(index), isTriple || next != UInt8(ascii: "\n") {
            if next == quote, !isTriple { return index + 1 }
            if next == quote, byte(index + 1) == quote, byte(index + 2) == quote { return index + 3 }
            index += next == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(bytes.count, index)
    }

    private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

    private func isBlank(_ index: Int) -> Bool { byte(index).map { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") } ?? false }

    private func pastBlanks(_ index: Int) -> Int {
        var index = index
        while isBlank(index) { index += 1 }
        return index
    }

    /// Past blanks and breaks, and comments between them.
    private func pastBlanksAndComments(_ index: Int) -> Int {
        var index = index
        while let next = byte(index) {
            if next == UInt8(ascii: "#"), index > 0, bytes[index - 1] <= UInt8(ascii: " ") {
                index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            } else if next <= UInt8(ascii: " ") {
                index += 1
            } else {
                return index
            }
        }
        return index
    }
}

/// A word that announces a secret, spelt right or nearly so.
enum TellingWord {
    static func matches(_ word: ArraySlice<UInt8>) -> Bool {
        guard (3...64).contains(word.count) else { return false }
        // The letters alone rule out nearly every word of a file.
        let letters = mask(word)
        let mayContain = parts.contains { $0.letters & ~letters == 0 }
        let near = names.lazy.filter { name in
            abs(name.word.utf8.count - word.count) <= name.limit && (name.letters & ~letters).nonzeroBitCount <= name.limit
                && (letters & ~name.letters).nonzeroBitCount <= name.limit
        }
        guard mayContain || !near.isEmpty || word.count == key.count else { return false }
        let lower = word.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        if lower == key { return true }
        if paths.contains(where: lower.reversed().starts) { return false }
        if mayContain, parts.contains(where: { contains(lower, $0.word) }) { return true }
        let text = String(decoding: lower, as: UTF8.self)
        return near.contains { editDistance(text, $0.word, limit: $0.limit) <= $0.limit }
    }

    /// Too common a word to announce anything by itself.
    static func needsSign(_ word: ArraySlice<UInt8>) -> Bool { word.count == key.count }

    private static let key = Array("key".utf8)
    private static let parts: [(word: [UInt8], letters: UInt32)] = [
        "secret", "passw", "passphrase", "access_token", "private_token", "auth_token", "api_key", "apikey",
    ].map { (Array($0.utf8), mask($0.utf8)) }
    /// Where the password is, or how it is handed over: `passwd_script`.
    private static let paths = ["_script", "_file", "_path", "_method"].map { Array($0.utf8.reversed()) }

    private static let names: [(word: String, limit: Int, letters: UInt32)] = [
        ("shared-secret", 3), ("vncpasswd", 2), ("spicepasswd", 3), ("passwd", 1), ("password", 2),
    ].map { ($0.0, $0.1, mask($0.0.utf8)) }

    /// The letters that occur, small or capital.
    private static func mask(_ word: some Sequence<UInt8>) -> UInt32 {
        word.reduce(0) { (0x61...0x7A).contains($1 | 0x20) ? $0 | 1 << UInt32(($1 | 0x20) - 0x61) : $0 }
    }

    private static func contains(_ word: [UInt8], _ part: [UInt8]) -> Bool {
        guard word.count >= part.count else { return false }
        return (0...word.count - part.count).contains { word[$0] == part[0] && word[$0..<$0 + part.count].elementsEqual(part) }
    }
}
