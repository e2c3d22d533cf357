internal import CLibxml2
public import Diagnostics

extension Element {
    /// Reads an XML document.
    ///
    /// A document type declaration is refused, and with it every entity but the five predefined ones: nothing is ever
    /// loaded from elsewhere, and nothing can expand. Elements nest at most 256 deep (libxml2's own limit).
    ///
    /// - Parameter leavingOut: names of elements that are skipped together with all that is in them.
    /// - Throws: `Finding`, with the place in the text.
    public init(parsing source: SourceText, leavingOut: Set<String> = []) throws(Finding) {
        let builder = TreeBuilder(leavingOut: leavingOut)
        let parser = Parser()
        try parser.run(source, into: builder)
        guard let root = builder.root else {
            throw Finding.error("the document has no element", at: source.place(at: 0))
        }
        self = root
    }
}

/// A libxml2 parser context: made, used once and freed.
private struct Parser: ~Copyable {
    private let context: xmlParserCtxtPtr?

    init() {
        context = xmlNewParserCtxt()
        guard let sax = context?.pointee.sax else { return }
        sax.pointee = xmlSAXHandler()
        sax.pointee.initialized = UInt32(XML_SAX2_MAGIC)
        sax.pointee.startElementNs = elementStarted
        sax.pointee.endElementNs = elementEnded
        sax.pointee.internalSubset = doctypeFound
        sax.pointee.serror = { _, _ in }  // xmlCtxtGetLastError has it; nothing goes to stderr
    }

    deinit { xmlFreeParserCtxt(context) }

    func run(_ source: SourceText, into builder: TreeBuilder) throws(Finding) {
        guard let context, source.bytes.count < Int(Int32.max) else {
            throw Finding.error("\(source.path): the document is too large to be read")
        }
        context.pointee._private = Unmanaged.passUnretained(builder).toOpaque()
        // NOENT replaces the predefined entities; others can't exist without a document type.
        let options = Int32(XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue)
        withExtendedLifetime(builder) {
            source.bytes.withUnsafeBytes { bytes in
                var rest = bytes[...]
                withUnsafeMutablePointer(to: &rest) { xmlFreeDoc(xmlCtxtReadIO(context, pieceRead, nil, $0, nil, nil, options)) }
            }
        }
        if builder.sawDoctype {
            throw Finding.error(
                "a document type declaration (DTD) is not accepted", at: builder.place(in: source),
                remedy: "remove the <!DOCTYPE …> and write out the entities that it declares")
        }
        guard context.pointee.wellFormed == 1 else { throw finding(source) }
    }

    private func finding(_ source: SourceText) -> Finding {
        guard let error = xmlCtxtGetLastError(context)?.pointee else {
            return .error("this is not well-formed XML", at: source.place(at: 0))
        }
        let message = error.message.map { String(cString: $0) } ?? "this is not well-formed XML"
        let offset = source.offset(line: Int(error.line), column: Int(error.int2))
        return .error("XML: \(message.split(separator: "\n").joined(separator: " "))", at: source.place(at: offset))
    }
}

/// Gives libxml2 the next piece of the text. Given the whole, it would make a copy of it first.
private let pieceRead: xmlInputReadCallback = { rest, buffer, length in
    guard let rest = rest?.assumingMemoryBound(to: Slice<UnsafeRawBufferPointer>.self), let buffer, length > 0 else { return -1 }
    let piece = UnsafeRawBufferPointer(rebasing: rest.pointee.prefix(Int(length)))
    UnsafeMutableRawBufferPointer(start: buffer, count: Int(length)).copyMemory(from: piece)
    rest.pointee.removeFirst(piece.count)
    return Int32(piece.count)
}

/// Collects the events of one parse into a tree.
private final class TreeBuilder {
    private(set) var root: Element?
    private(set) var doctypeLine: Int?
    private let leavingOut: Set<String>
    /// The elements that are not ended yet, each with the number of `ended` before it.
    private var open: [(element: Element, mark: Int)] = []
    /// Those that are, and wait for the end of the one around them: behind its mark stand its children.
    private var ended: [Element] = []
    private var skippedDepth = 0

    init(leavingOut: Set<String>) { self.leavingOut = leavingOut }

    var sawDoctype: Bool { doctypeLine != nil }

    func place(in source: SourceText) -> Place {
        source.place(at: source.offset(line: doctypeLine ?? 1, column: 1))
    }

    func doctype(line: Int) { doctypeLine = line }

    func start(_ name: String, _ attributes: () -> [Element.Attribute]) {
        guard skippedDepth == 0, !leavingOut.contains(name) else {
            skippedDepth += 1
            return
        }
        open.append((Element(name, attributes()), ended.count))
    }

    func end() {
        if skippedDepth > 0 {
            skippedDepth -= 1
        } else if let (parent, mark) = open.popLast() {
            var element = parent
            element.children = Array(ended[mark...])
            ended.removeSubrange(mark...)
            if open.isEmpty { root = element } else { ended.append(element) }
        }
    }
}

private func builder(_ context: UnsafeMutableRawPointer?) -> TreeBuilder? {
    let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self)
    return parser?.pointee._private.map { Unmanaged<TreeBuilder>.fromOpaque($0).takeUnretainedValue() }
}

/// libxml2 hands over five pointers an attribute: local name, prefix, URI, start and end of the value.
private let elementStarted: startElementNsSAX2Func = { context, name, prefix, _, _, _, count, _, fields in
    builder(context)?.start(qualified(name, prefix)) {
        guard let fields, count > 0 else { return [] }
        return (0..<Int(count)).map { index in
            let field = fields + 5 * index
            return Element.Attribute(qualified(field[0], field[1]), text(from: field[3], to: field[4]))
        }
    }
}

private let elementEnded: endElementNsSAX2Func = { context, _, _, _ in builder(context)?.end() }

private let doctypeFound: internalSubsetSAXFunc = { context, _, _, _ in
    let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self)
    builder(context)?.doctype(line: Int(parser?.pointee.input?.pointee.line ?? 1))
    xmlStopParser(parser)
}

private func qualified(_ name: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?) -> String {
    guard let name else { return "" }
    guard let prefix else { return Vocabulary.shared(String(cString: name)) }
    return String(cString: prefix) + ":" + String(cString: name)
}

private func text(from start: UnsafePointer<xmlChar>?, to end: UnsafePointer<xmlChar>?) -> String {
    guard let start, let end else { return "" }
    return String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
}

extension SourceText {
    /// The byte offset of a line and a column as libxml2 counts them (bytes, from 1).
    fileprivate func offset(line: Int, column: Int) -> Int {
        var rest = line - 1
        var index = bytes.startIndex
        while rest > 0, let newline = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) {
            index = newline + 1
            rest -= 1
        }
        return min(index + max(column - 1, 0), bytes.count)
    }
}
