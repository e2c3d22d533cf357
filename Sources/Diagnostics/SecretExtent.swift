/// How far that reaches which may be the value of a secret.
///
/// What has a shape in which it can be nothing else ends where it ends, and what is next to it is shown if it begins something of its own. Of
/// everything else nothing is shown, up to the end of its line, and of those below it that an open quote reaches: a line is shown for what is
/// wrong with it, and quotes and signs in the wrong places are the commonest of mistakes.
struct SecretExtent {
    let bytes: [UInt8]
    /// The quote of a text in the midst of which the name stands: what closes it closes the value.
    let context: UInt8?
    /// A comment goes no further than its line.
    let isComment: Bool

    /// Where the value is, and where it ends for sure.
    typealias Extent = (value: Range<Int>, end: Int)

    /// - Parameter isSpaced: whether blanks may stand in the value.
    func value(at start: Int, isSpaced: Bool) -> Extent {
        guard let first = byte(start), first != context else { return (start..<start, endBehindContext(start, isEmpty: true)) }
        if isQuote(start) {
            let opening = first == UInt8(ascii: "\\") ? start + 1 : start
            guard let end = closing(of: opening) else { return (start..<bytes.count, brokenEnd(from: start)) }
            return (start..<end, isClean(end, wasQuoted: true) ? end : brokenEnd(from: end))
        }
        let reference = bytes[start...].starts(with: SecretReference.prefix.utf8) ? SecretReference.prefix.utf8.count : 0
        let ends = isSpaced && reference == 0 ? ";\n" : " \t\r\n;,\"'<>)]}"
        let end =
            bytes[(start + reference)...].indices.first { ends.utf8.contains(bytes[$0]) || bytes[$0] == context || isJoint($0 + 1) } ?? bytes.count
        let value = reference > 0 ? end..<end : start..<end
        if end < bytes.count, bytes[end] == context { return (value, max(end, endBehindContext(end, isEmpty: false))) }
        return (value, end > start && isClean(end, wasQuoted: false) ? end : brokenEnd(from: start))
    }

    /// The end of what is not of any shape: that of its line, and of those below while a quote is open, or the line says that more comes; of the
    /// next one too, where nothing has begun yet.
    func brokenEnd(from start: Int) -> Int {
        var end = lineEnd(start)
        if isComment { return trimmed(start, end) }
        if !bytes[start..<end].contains(where: \.isWordByte) { end = lineEnd(end + 1) }
        if let quote = openQuote(at: end, from: start, within: context) {
            end = lineEnd(bytes[min(end, bytes.count)...].firstIndex(of: quote) ?? bytes.count)
        }
        while end < bytes.count, let last = bytes[start..<end].last(where: { $0 > UInt8(ascii: " ") }), "\\,[(+=".utf8.contains(last) {
            end = lineEnd(end + 1)
        }
        return trimmed(start, end)
    }

    /// What closes a block or a statement tells nobody anything.
    private func trimmed(_ start: Int, _ end: Int) -> Int {
        bytes[start..<end].lastIndex { !"; \t\r\n,)]}\\".utf8.contains($0) }.map { $0 + 1 } ?? start
    }

    /// Whether what follows a value begins something of its own, or is nothing.
    private func isClean(_ end: Int, wasQuoted: Bool) -> Bool {
        var index = end
        var (isStatement, isBlock) = (false, false)
        while let next = byte(index), next != context, " \t\r;,)]}>/<\\".utf8.contains(next) || isJoint(index) {
            if next == UInt8(ascii: ";") { isStatement = true }
            // What comes behind the block that it stands in is none of it.
            if next == UInt8(ascii: "}"), isStatement, byte(index + 1) == UInt8(ascii: " ") { isBlock = true }
            index += 1
        }
        guard let next = byte(index), next != UInt8(ascii: "\n") else { return context == nil || isComment || byte(index) == nil }
        if next == context || next == UInt8(ascii: "#") { return next == context || wasQuoted || index > end }
        guard index > end, context != nil || !opensQuote(index) else { return false }
        return isPair(index) || isListWord(index) || (isBlock || wasQuoted && isStatement) && next.isWordByte
            || wasQuoted && bytes[index - 1] == UInt8(ascii: "<") && next.isWordByte
    }

    /// Whether a quote stays open in what follows, as far as it is looked at: a line may be very long.
    private func opensQuote(_ start: Int) -> Bool {
        let rest = bytes[start...].prefix(Self.farthest)
        return openQuote(at: rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex, from: start) != nil
    }

    private static let farthest = 2048

    /// Of a break behind a backslash.
    private func isJoint(_ index: Int) -> Bool { byte(index) == UInt8(ascii: "\n") && index > 0 && bytes[index - 1] == UInt8(ascii: "\\") }

    /// `ip=`, `--ip =`, `"ip":`, `$id:ip=`, `@id`.
    private func isPair(_ start: Int) -> Bool {
        let quote = byte(start).flatMap { "\"'".utf8.contains($0) ? $0 : nil }
        var index = quote == nil ? start : start + 1
        let prefix = bytes[index...].prefix { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "@") }
        let name = bytes[prefix.endIndex...].prefix {
            $0.isWordByte || $0 == UInt8(ascii: ".") || prefix.first == UInt8(ascii: "$") && $0 == UInt8(ascii: ":")
        }
        guard !name.isEmpty else { return false }
        index = name.endIndex
        if prefix.first == UInt8(ascii: "@") || prefix.starts(with: "--".utf8) { return true }
        if let quote {
            guard byte(index) == quote else { return false }
            index += 1
        }
        while byte(index) == UInt8(ascii: " ") { index += 1 }
        if byte(index) == UInt8(ascii: "+") { index += 1 }
        guard let sign = byte(index) else { return false }
        return sign == UInt8(ascii: "=") || quote != nil && sign == UInt8(ascii: ":")
    }

    private func isListWord(_ start: Int) -> Bool {
        let word = bytes[start...].prefix { $0.isWordByte }
        guard word.endIndex == bytes.count || bytes[word.endIndex] <= UInt8(ascii: " ") else { return false }
        return Self.listWords.contains { word.elementsEqual($0.utf8) }
    }

    /// Which end a list of parameters in crmsh.
    private static let listWords = [
        "params", "meta", "utilization", "operations", "op", "op_params", "op_meta", "rule", "attributes",
    ]

    /// Where the text ends in which the name stands; further on, if something clings to its quote.
    private func endBehindContext(_ end: Int, isEmpty: Bool) -> Int {
        guard end < bytes.count, let next = byte(end + 1) else { return end }
        let clings = next.isWordByte || "\"'".utf8.contains(next)
        return clings && !isTriple(end) ? SecretExtent(bytes: bytes, context: nil, isComment: isComment).brokenEnd(from: end + 1) : end
    }

    private func isTriple(_ index: Int) -> Bool { byte(index + 1) == bytes[index] && byte(index + 2) == bytes[index] }
}

extension SecretExtent {
    func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

    private func lineEnd(_ index: Int) -> Int { bytes[min(index, bytes.count)...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count }

    /// `"`, `'`, and `\"` within quotes.
    private func isQuote(_ index: Int) -> Bool {
        let quotes = "\"'".utf8
        guard let first = byte(index) else { return false }
        return quotes.contains(first) || context != nil && first == UInt8(ascii: "\\") && byte(index + 1).map(quotes.contains) == true
    }

    /// The end of what is quoted, in its line or below; of `\"` where the next one is.
    func closing(of start: Int) -> Int? {
        let quote = bytes[start]
        let isTriple = isTriple(start)
        let isEscaped = start > 0 && bytes[start - 1] == UInt8(ascii: "\\") && context != nil
        var index = start + (isTriple ? 3 : 1)
        while let next = byte(index) {
            if isEscaped, next == UInt8(ascii: "\\"), byte(index + 1) == quote { return index + 2 }
            if isEscaped, next == context { return nil }
            if next == quote, !isTriple { return index + 1 }
            if next == quote, self.isTriple(index) { return index + 3 }
            index += next == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    /// The quote that is open at an offset.
    func openQuote(at end: Int, from start: Int, within quote: UInt8? = nil) -> UInt8? {
        var open = quote
        var index = start
        while index < min(end, bytes.count) {
            let next = bytes[index]
            if next == UInt8(ascii: "\\") {
                index += 1
            } else if open == nil, "\"'".utf8.contains(next) {
                open = next
            } else if next == open {
                open = nil
            }
            index += 1
        }
        return open
    }
}
