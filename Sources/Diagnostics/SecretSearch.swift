/// Looks for words that announce a secret, and for what stands behind them.
struct SecretSearch {
    private let bytes: [UInt8]
    /// Nothing of it is shown.
    private(set) var found: [Range<Int>] = []
    /// Of each, which part is a value for certain, and where the line begins in which it does.
    private(set) var told: [Told] = []
    private var line = LineState()

    struct Told {
        let value: Range<Int>
        let line: Int
        let isComment: Bool
    }
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

    /// - Parameter end: where more of it may be.
    private mutating func add(_ value: Range<Int>, upTo end: Int? = nil) {
        let range = value.lowerBound..<max(value.upperBound, end ?? 0)
        let isMasked = bytes[range].drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }.starts(with: Concealment.mask.utf8)
        guard !range.isEmpty, !isMasked else { return }
        line.read(bytes, upTo: range.lowerBound)
        found.append(range)
        told.append(Told(value: value, line: line.start, isComment: line.isComment))
        position = max(position, range.upperBound)
    }

    /// What stands behind `https://`, its colon left out or not, or behind `iscsi:` of dracut, which has `iscsi:me:X@host::3260`.
    private func address(at start: Int) -> Int? {
        if bytes[start...].starts(with: "//".utf8), start > 0, bytes[start - 1].isWordByte { return start + 2 }
        guard bytes[start] == UInt8(ascii: ":") else { return nil }
        if bytes[start...].starts(with: "://".utf8) { return start + 3 }
        return scheme(before: start).elementsEqual("iscsi".utf8) ? start + 1 : nil
    }

    /// `me:X@host`: what stands behind the colon, or the percent sign that QEMU has in its place for iSCSI; all of `TOKEN@host`, where no user
    /// is named.
    func credentials(behind start: Int) -> Range<Int>? {
        let authority = bytes[start...].prefix { $0 > UInt8(ascii: " ") && !"/\"'\\,;".utf8.contains($0) }
        guard let at = authority.lastIndex(of: UInt8(ascii: "@")), at > start else { return nil }
        let scheme = scheme(before: (bytes[..<start].lastIndex { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ":") } ?? -1) + 1)
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
        let isName =
            bytes[word].elementsEqual("secret".utf8) && byte(word.upperBound) == UInt8(ascii: ":") && byte(word.upperBound + 1)?.isWordByte == true
        // Of `@ID:passwd` the name is none of its own.
        if isReference, byte(word.upperBound) == UInt8(ascii: ":") { position = pastWord(word.upperBound + 1) }
        guard !isReference, !isName else { return }
        if let data = data(behind: word) { return add(data) }
        let (sign, extent) = (sign(behind: word), extent(around: word))
        if sign.isMissing, TellingWord.needsSign(bytes[word]), !isAlone(word) { return }
        if TellingWord.isOfQuery(bytes[word]), !isInQuery(word) { return }
        if let list = list(behind: sign.end, isBlock: sign.isMissing, extent) { return add(list) }
        let start = pastLayout(sign.end, isComment: extent.isComment)
        guard start > word.upperBound || isFollowedByValue(word, extent) else { return }
        // A statement that ends at once: what stands behind it was meant to be its value.
        guard byte(start) != UInt8(ascii: ";") else { return add(start..<start, upTo: extent.brokenEnd(from: start + 1)) }
        let (value, end) = extent.value(at: start, isSpaced: sign.isMissing || isBlank(sign.end))
        let isBelow = bytes[word.upperBound..<start].contains(UInt8(ascii: "\n")) && !"\"'\\".utf8.contains(byte(start) ?? 0)
        add(
            isBelow && bytes[word.upperBound..<start].firstIndex(of: UInt8(ascii: "\\")) == nil ? value.lowerBound..<value.lowerBound : value,
            upTo: end)
    }

    /// Where the value of a name may begin: `=`, `+=`, `:`; "passwd": of JSON; name="passwd" value= of XML.
    private func sign(behind word: Range<Int>) -> (end: Int, isMissing: Bool) {
        var index = word.upperBound
        let closing = byte(index) == UInt8(ascii: "\\") ? index + 1 : index
        if let quote = byte(closing), "\"'".utf8.contains(quote), word.lowerBound > 0, bytes[word.lowerBound - 1] == quote { index = closing + 1 }
        let blanks = index
        index = pastBlanks(index)
        if bytes[min(index, bytes.count)...].starts(with: "value=".utf8) { return (index + 6, false) }
        if byte(index) == UInt8(ascii: "+") { index += 1 }
        guard let sign = byte(index), sign == UInt8(ascii: "=") || sign == UInt8(ascii: ":") else { return (blanks, true) }
        return (index + 1, false)
    }

    private mutating func extent(around word: Range<Int>) -> SecretExtent {
        line.read(bytes, upTo: word.lowerBound)
        // The quotes of a key in JSON are its own.
        let isOwn = line.quote != nil && word.lowerBound > 0 && bytes[word.lowerBound - 1] == line.quote && byte(word.upperBound) == line.quote
        return SecretExtent(bytes: bytes, context: isOwn ? nil : line.quote, isComment: line.isComment)
    }

    /// Whether what clings to a name without a sign may be its value: paths and the dots and commas of prose go on too.
    private func isFollowedByValue(_ word: Range<Int>, _ extent: SecretExtent) -> Bool {
        guard let next = byte(word.upperBound), next != extent.context, next > UInt8(ascii: " ") else { return false }
        if "\"'".utf8.contains(next) { return true }
        let isFirst = word.lowerBound == 0 || bytes[word.lowerBound - 1] <= UInt8(ascii: " ") || "{;".utf8.contains(bytes[word.lowerBound - 1])
        let isPath = bytes[word].starts(with: "secret".utf8) && word.count < 8
        return isFirst && !isPath && !")]}>".utf8.contains(next) && !TellingWord.needsSign(bytes[word])
    }

    /// `?token=X`, `;token=X`.
    private func isInQuery(_ word: Range<Int>) -> Bool {
        word.lowerBound > 0 && "?&;#".utf8.contains(bytes[word.lowerBound - 1]) && byte(word.upperBound) == UInt8(ascii: "=")
    }

    /// `secret,id=…,data=X`, an object of QEMU.
    private func data(behind word: Range<Int>) -> Range<Int>? {
        guard byte(word.upperBound) == UInt8(ascii: ","), bytes[word].elementsEqual("secret".utf8) else { return nil }
        let object = bytes[word.upperBound...].prefix { $0 > UInt8(ascii: " ") && !"\"';".utf8.contains($0) }
        guard let start = object.firstRange(of: Array("data=".utf8))?.upperBound else { return nil }
        return start..<(object[start...].firstIndex(of: UInt8(ascii: ",")) ?? object.endIndex)
    }

    /// `['X', 'Y']`, `("X")`; without a sign `{ "X"; }`: all that is in it.
    private func list(behind start: Int, isBlock: Bool, _ extent: SecretExtent) -> Range<Int>? {
        let index = pastBlanks(start)
        let pairs = isBlock ? ["{": "}"] : ["[": "]", "(": ")"]
        guard let open = byte(index), let close = pairs[String(UnicodeScalar(open))]?.utf8.first else { return nil }
        var end = index + 1
        while let next = byte(end), next != close, end - index < Self.longestList {
            end = "\"'".utf8.contains(next) ? extent.closing(of: end) ?? bytes.count : end + 1
        }
        return index + 1..<(byte(end) == close ? end : extent.brokenEnd(from: index + 1))
    }

    /// Bytes.
    private static let longestList = 4096

    /// Whether the word begins its line, and one more word ends it.
    private func isAlone(_ word: Range<Int>) -> Bool {
        let before = bytes[..<word.lowerBound].reversed().prefix { $0 != UInt8(ascii: "\n") }
        let behind = bytes[word.upperBound...].prefix { $0 != UInt8(ascii: "\n") }
        return before.allSatisfy { $0 <= UInt8(ascii: " ") } && behind.split { $0 <= UInt8(ascii: " ") }.count == 1
    }

    private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

    private func isBlank(_ index: Int) -> Bool { byte(index).map { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") } ?? false }

    private func pastBlanks(_ index: Int) -> Int {
        var index = index
        while isBlank(index) { index += 1 }
        return index
    }

    private func pastWord(_ index: Int) -> Int { bytes[min(index, bytes.count)...].firstIndex { !$0.isWordByte } ?? bytes.count }

    /// Past blanks and breaks, and comments between them.
    private func pastLayout(_ index: Int, isComment: Bool) -> Int {
        var index = index
        while let next = byte(index), !isComment || next != UInt8(ascii: "\n") {
            if next == UInt8(ascii: "#"), index > 0, bytes[index - 1] <= UInt8(ascii: " ") {
                index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            } else if next <= UInt8(ascii: " ") || next == UInt8(ascii: "\\") && byte(index + 1) == UInt8(ascii: "\n") {
                index += 1
            } else {
                return index
            }
        }
        return index
    }
}

/// What holds at a place of a line. It is read once, from the beginning on.
private struct LineState {
    private(set) var start = 0
    /// The quote that is open there.
    private(set) var quote: UInt8?
    private(set) var isComment = false
    private var position = 0

    mutating func read(_ bytes: [UInt8], upTo end: Int) {
        while position < end {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\n"): (start, quote, isComment) = (position + 1, nil, false)
            case _ where isComment: break
            case UInt8(ascii: "\\") where position + 1 < end && bytes[position + 1] != UInt8(ascii: "\n"): position += 1
            case UInt8(ascii: "#") where quote == nil && (position == start || bytes[position - 1] <= UInt8(ascii: " ")): isComment = true
            case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = quote == nil ? byte : quote == byte ? nil : quote
            default: break
            }
            position += 1
        }
    }
}
