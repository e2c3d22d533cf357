/// A part of what libxl prints as JSON (libxl_types.idl): what is as libxl has it by default is left out, and booleans that may be
/// left to it are the texts "True" and "False".
indirect enum LibxlValue: Decodable {
    case object([String: LibxlValue])
    case list([LibxlValue])
    case word(String)
    case integer(Int)
    case flag(Bool)
    /// What nobody asks for: null, a number beyond all sizes.
    case other

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .integer(number)
        } else if let text = try? container.decode(String.self) {
            self = .word(text)
        } else if let items = try? container.decode([LibxlValue].self) {
            self = .list(items)
        } else if let members = try? container.decode([String: LibxlValue].self) {
            self = .object(members)
        } else {
            self = .other
        }
    }

    subscript(name: String) -> LibxlValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// Nil for an empty one too: libxl prints some that nobody has set.
    var text: String? {
        if case .word(let text) = self, !text.isEmpty { text } else { nil }
    }

    var number: Int? {
        if case .integer(let number) = self { number } else { nil }
    }

    var items: [LibxlValue] {
        if case .list(let items) = self { items } else { [] }
    }

    /// Of a boolean, whichever way it is said.
    var truth: Bool? {
        switch self {
        case .flag(let flag): flag
        case .word("True"): true
        case .word("False"): false
        case .integer(let number): number != 0
        default: nil
        }
    }
}
