public import Diagnostics

extension SourceText {
    /// The text of the first child of this name that the outermost element has, as it stands there.
    ///
    /// - Precondition: the text has been read as XML before. Of what is not well-formed it may give anything, or nothing.
    public func text(ofChild name: String) -> [UInt8]? {
        bytes.withUnsafeBufferPointer { bytes in
            var scan = ChildScan(bytes, name: name)
            return scan.range().map { Array(bytes[$0]) }
        }
    }

    /// The outermost element without what is in it: `<cib epoch="3"/>`, with all that stands before. Nil where nothing is in it.
    public var shell: SourceText? {
        let start = bytes.withUnsafeBufferPointer { bytes in
            var scan = ChildScan(bytes, name: "")
            return scan.contentStart()
        }
        return start.map { SourceText(path: path, bytes: bytes[..<($0 - 1)] + Array("/>".utf8)) }
    }
}

/// Looks at tags only, and at what can hold something that looks like one: comments, instructions and CDATA sections.
private struct ChildScan {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let name: [UInt8]
    private var offset = 0
    private var depth = 0
    private var start: Int?

    init(_ bytes: UnsafeBufferPointer<UInt8>, name: String) {
        self.bytes = bytes
        self.name = Array(name.utf8)
    }

    mutating func range() -> Range<Int>? {
        while let tag = bytes[offset...].firstIndex(of: UInt8(ascii: "<")) {
            offset = tag
            guard let end = pass(tag) else { return nil }
            if let start, depth == 1 { return start..<end }
        }
        return nil
    }

    /// Behind the first start tag.
    mutating func contentStart() -> Int? {
        while let tag = bytes[offset...].firstIndex(of: UInt8(ascii: "<")) {
            offset = tag
            guard let end = pass(tag) else { return nil }
            if depth == 1 { return end }
        }
        return nil
    }

    /// Goes behind what begins here; nil where it has no end.
    private mutating func pass(_ tag: Int) -> Int? {
        if has("<!--", at: tag) { return skip("-->", from: tag + 4) }
        if has("<![CDATA[", at: tag) { return skip("]]>", from: tag + 9) }
        if has("<?", at: tag) { return skip("?>", from: tag + 2) }
        if has("</", at: tag) {
            depth -= 1
            return skip(">", from: tag + 2)
        }
        if depth == 1, start == nil, isWanted(tag + 1) { start = tag }
        return passStart(from: tag + 1)
    }

    /// A start tag: a `>` may stand in a value.
    private mutating func passStart(from first: Int) -> Int? {
        var quote: UInt8?
        for index in first..<bytes.count {
            let byte = bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                if bytes[index - 1] != UInt8(ascii: "/") { depth += 1 }
                offset = index + 1
                return offset
            }
        }
        return nil
    }

    private mutating func skip(_ end: StaticString, from first: Int) -> Int? {
        var index = first
        while index + end.utf8CodeUnitCount <= bytes.count {
            if has(end, at: index) {
                offset = index + end.utf8CodeUnitCount
                return offset
            }
            index += 1
        }
        return nil
    }

    private func has(_ word: StaticString, at index: Int) -> Bool {
        guard index + word.utf8CodeUnitCount <= bytes.count else { return false }
        return (0..<word.utf8CodeUnitCount).allSatisfy { bytes[index + $0] == word.utf8Start[$0] }
    }

    private func isWanted(_ index: Int) -> Bool {
        let end = index + name.count
        guard end < bytes.count, bytes[index..<end].elementsEqual(name) else { return false }
        return switch bytes[end] {
        case UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: " "), 9, 10, 13: true
        default: false
        }
    }
}
