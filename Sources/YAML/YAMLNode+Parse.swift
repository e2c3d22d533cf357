internal import CLibyaml

extension YAMLNode {
    /// How deep lists and mappings may nest.
    static let depth = 1_000

    /// Reads one document, through libyaml.
    /// - Returns: nil where the text holds none.
    public static func parse(_ bytes: [UInt8]) throws(YAMLMistake) -> YAMLNode? {
        guard !bytes.isEmpty else { return nil }
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) == 1 else { throw .noMemory }
        defer { yaml_parser_delete(parser) }
        return try bytes.withUnsafeBufferPointer { input throws(YAMLMistake) in
            yaml_parser_set_input_string(parser, input.baseAddress, input.count)
            yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            var composer = Composer(events: YAMLEvents(of: parser))
            return try composer.document()
        }
    }
}

/// Makes nodes of events.
private struct Composer {
    let events: YAMLEvents
    /// What has an anchor, and is read whole: nothing holds itself.
    private var anchored: [String: YAMLNode] = [:]

    init(events: YAMLEvents) { self.events = events }

    mutating func document() throws(YAMLMistake) -> YAMLNode? {
        _ = try events.next()  // the stream's start
        guard case .documentStart = try events.next().kind else { return nil }
        let root = try node(try events.next(), depth: 0)
        _ = try events.next()  // the document's end
        let last = try events.next()
        if case .documentStart = last.kind { throw .secondDocument(last.mark) }
        return root
    }

    private mutating func node(_ event: YAMLEvents.Event, depth: Int) throws(YAMLMistake) -> YAMLNode {
        guard depth < YAMLNode.depth else { throw .tooDeep(event.mark) }
        let content: YAMLNode.Content
        switch event.kind {
        case .alias(let name):
            guard let node = anchored[name] else { throw .danglingAlias(name, event.mark) }
            return YAMLNode(content: node.content, tag: node.tag, mark: event.mark)
        case .scalar(let text, let isPlain): content = .scalar(text, isPlain: isPlain)
        case .mappingStart: content = .mapping(try pairs(depth: depth + 1))
        default: content = .sequence(try items(depth: depth + 1))
        }
        let node = YAMLNode(content: content, tag: event.tag, mark: event.mark)
        if let anchor = event.anchor { anchored[anchor] = node }
        return node
    }

    private mutating func items(depth: Int) throws(YAMLMistake) -> [YAMLNode] {
        var items: [YAMLNode] = []
        while true {
            let event = try events.next()
            if case .end = event.kind { return items }
            items.append(try node(event, depth: depth))
        }
    }

    private mutating func pairs(depth: Int) throws(YAMLMistake) -> [(key: YAMLNode, value: YAMLNode)] {
        var pairs: [(key: YAMLNode, value: YAMLNode)] = []
        var seen: Set<String> = []
        while true {
            let event = try events.next()
            if case .end = event.kind { return pairs }
            let key = try node(event, depth: depth)
            if let name = key.text, !seen.insert(name).inserted { throw .repeatedKey(name, key.mark) }
            pairs.append((key, try node(try events.next(), depth: depth)))
        }
    }
}
