internal import CLibyaml

/// What libyaml reads, one after another.
struct YAMLEvents {
    enum Kind {
        case documentStart, sequenceStart, mappingStart
        /// Of a list, a mapping, the document or all.
        case end
        case alias(String)
        case scalar(String, isPlain: Bool)
        /// Where the stream starts.
        case start
    }

    struct Event {
        let kind: Kind
        let tag: String?
        let anchor: String?
        let mark: YAMLNode.Mark
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>

    init(of parser: UnsafeMutablePointer<yaml_parser_t>) { self.parser = parser }

    func next() throws(YAMLMistake) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw mistake }
        defer { yaml_event_delete(&event) }
        let (tag, anchor) = properties(of: event)
        return Event(kind: kind(of: event), tag: String(tag), anchor: String(anchor), mark: YAMLNode.Mark(event.start_mark))
    }

    private func kind(of event: yaml_event_t) -> Kind {
        switch event.type {
        case YAML_STREAM_START_EVENT: .start
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_SEQUENCE_START_EVENT: .sequenceStart
        case YAML_MAPPING_START_EVENT: .mappingStart
        case YAML_ALIAS_EVENT: .alias(String(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT: .scalar(String(event.data.scalar), isPlain: event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        default: .end
        }
    }

    private typealias Bytes = UnsafeMutablePointer<yaml_char_t>?

    private func properties(of event: yaml_event_t) -> (tag: Bytes, anchor: Bytes) {
        switch event.type {
        case YAML_SCALAR_EVENT: (event.data.scalar.tag, event.data.scalar.anchor)
        case YAML_SEQUENCE_START_EVENT: (event.data.sequence_start.tag, event.data.sequence_start.anchor)
        case YAML_MAPPING_START_EVENT: (event.data.mapping_start.tag, event.data.mapping_start.anchor)
        default: (nil, nil)
        }
    }

    private var mistake: YAMLMistake {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "this can't be read"
        switch parser.pointee.error {
        case YAML_MEMORY_ERROR: return .noMemory
        case YAML_READER_ERROR: return .encoding(problem: problem, offset: parser.pointee.problem_offset)
        default:
            let context = parser.pointee.context == nil ? nil : YAMLNode.Mark(parser.pointee.context_mark)
            return .syntax(problem: problem, at: YAMLNode.Mark(parser.pointee.problem_mark), context: context)
        }
    }
}

extension YAMLNode.Mark {
    fileprivate init(_ mark: yaml_mark_t) { self.init(line: mark.line + 1, column: mark.column + 1) }
}

extension String {
    fileprivate init?(_ bytes: UnsafeMutablePointer<yaml_char_t>?) {
        guard let bytes else { return nil }
        self.init(cString: bytes)
    }

    /// May hold a NUL.
    fileprivate init(_ scalar: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar) {
        self.init(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
    }
}
