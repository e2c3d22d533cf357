internal import CLibxml2
public import Diagnostics

extension Element {
    /// Reads an XML document.
    ///
    /// A document type declaration is refused, and with it every entity but the five predefined ones: nothing is ever
    /// loaded from elsewhere, and nothing can expand. Elements nest at most 256 deep (libxml2's own limit); `Bounds` says how
    /// much else is read.
    ///
    /// - Parameter leavingOut: names of elements that are skipped together with all that is in them.
    /// - Throws: `Finding`, with the place in the text.
    public init(parsing source: SourceText, leavingOut: Set<String> = []) throws(Finding) {
        guard source.bytes.count <= Bounds.document.most else {
            throw Bounds.document.finding(at: source.place(at: Bounds.document.most))
        }
        let parser = Parser()
        guard let root = try parser.run(source, leavingOut) else {
            throw Finding.error("the document has no element", at: source.place(at: 0))
        }
        self = root
    }
}

extension SourceText {
    /// - Throws: `Finding` where it is no well-formed XML of one element.
    public func checkXML() throws(Finding) { _ = try Parser().run(self, nil) }
}

/// libxml2 sets up what all its parsers share with the first one, unless it is told to before: two first ones at a time would race.
private let library: Void = xmlInitParser()

/// A libxml2 parser context: made, used once and freed.
private struct Parser: ~Copyable {
    private let context: xmlParserCtxtPtr?

    init() {
        library
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

    func run(_ source: SourceText, _ leavingOut: Set<String>?) throws(Finding) -> Element? {
        guard let context else { throw Finding.error("there is no memory left to read XML", at: source.place(at: 0)) }
        let builder = source.bytes.withUnsafeBytes { bytes in
            let builder = TreeBuilder(of: bytes, leavingOut: leavingOut)
            let pointer = Unmanaged.passUnretained(builder).toOpaque()
            context.pointee._private = pointer
            // NOENT replaces the predefined entities; others can't exist without a document type.
            let options = Int32(XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue)
            withExtendedLifetime(builder) { xmlFreeDoc(xmlCtxtReadIO(context, pieceRead, nil, pointer, nil, nil, options)) }
            return builder
        }
        if let refusal = builder.refusal { throw source.finding(refusal.reason, line: refusal.line) }
        guard context.pointee.wellFormed == 1 else { throw finding(source) }
        return builder.root
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
private let pieceRead: xmlInputReadCallback = { pointer, buffer, length in
    guard let pointer, let buffer, length > 0 else { return -1 }
    let builder = Unmanaged<TreeBuilder>.fromOpaque(pointer).takeUnretainedValue()
    return builder.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: Int(length))).map(Int32.init) ?? -1
}

private func parser(_ context: UnsafeMutableRawPointer?) -> xmlParserCtxtPtr? {
    context?.assumingMemoryBound(to: xmlParserCtxt.self)
}

private func builder(_ context: UnsafeMutableRawPointer?) -> TreeBuilder? {
    parser(context)?.pointee._private.map { Unmanaged<TreeBuilder>.fromOpaque($0).takeUnretainedValue() }
}

private func line(_ context: UnsafeMutableRawPointer?) -> Int { Int(parser(context)?.pointee.input?.pointee.line ?? 1) }

private func stop(_ context: UnsafeMutableRawPointer?, _ reason: TreeBuilder.Refusal) {
    builder(context)?.refuse(reason, line: line(context))
    xmlStopParser(parser(context))
}

/// libxml2 hands over five pointers an attribute: local name, prefix, URI, start and end of the value.
private let elementStarted: startElementNsSAX2Func = { context, name, prefix, _, _, _, count, _, fields in
    guard let builder = builder(context) else { return }
    if let bound = builder.bound(attributes: Int(count)) { return stop(context, .bound(bound)) }
    builder.reached(line: line(context))
    builder.start(qualified(name, prefix)) {
        guard let fields, count > 0 else { return [] }
        return (0..<Int(count)).map { index in
            let field = fields + 5 * index
            return Element.Attribute(qualified(field[0], field[1]), text(from: field[3], to: field[4]))
        }
    }
}

private let elementEnded: endElementNsSAX2Func = { context, _, _, _ in
    builder(context)?.reached(line: line(context))
    builder(context)?.end()
}

private let doctypeFound: internalSubsetSAXFunc = { context, _, _, _ in stop(context, .doctype) }

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
    fileprivate func finding(_ reason: TreeBuilder.Refusal, line: Int) -> Finding {
        let place = place(at: offset(line: line, column: 1))
        return switch reason {
        case .bound(let bound): bound.finding(at: place)
        case .doctype:
            .error(
                "a document type declaration (DTD) is not accepted", at: place,
                remedy: "remove the <!DOCTYPE …> and write out the entities that it declares")
        }
    }

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
