/// A parameter as drbdadm knows it in a section.
struct Parameter: Hashable, Sendable {
    let name: String
    let form: Form
    let dialects: Dialects
    /// What holds where it is not said, in 8.4 and in 9; nil where they differ, or nothing does.
    let usual: String?
    /// What 8.4 takes, where that is less than 9 does.
    let former: Form?

    init(_ name: String, _ form: Form, in dialects: Dialects = .all, usual: String? = nil, former: Form? = nil) {
        self.name = name
        self.form = form
        self.dialects = dialects
        self.usual = usual
        self.former = former
    }
}

extension Parameter {
    /// What may stand after the keyword.
    enum Form: Hashable, Sendable {
        /// In multiples of the scale: "Some parameter values have a default scale which applies when a plain number is
        /// specified" (drbd.conf(5), 9.0).
        case number(ClosedRange<UInt64>, Quantity.Scale = .one)
        /// A number, or one of some words.
        case numberOrWord(ClosedRange<UInt64>, [String])
        case word([String])
        /// One of some words, in capitals or not.
        case anyCaseWord([String])
        /// `yes` or `no`; without either it is a yes.
        case boolean
        /// Nothing.
        case flag
        /// At most so many bytes.
        case text(Int = 255)
        case address
        case device
        /// `internal`, or a device, or a device and an index in brackets.
        case metaDisk
        /// What only drbdadm judges.
        case anything
    }
}

extension Parameter {
    /// As those generations know it: with the values that one of them takes.
    func known(to dialects: Dialects) -> Parameter {
        guard let former, !dialects.contains(.v9) else { return self }
        return Parameter(name, former, in: self.dialects, usual: usual)
    }

    typealias Objection = (index: Int?, expected: String)

    /// What is wrong with the arguments in a file of some generations, and which of these refuse the file for it.
    func refusal(of arguments: [DRBDConfiguration.Word], in dialects: Dialects) -> (objection: Objection, refusers: Dialects)? {
        if let objection = known(to: dialects).objection(to: arguments.map(\.text)) { return (objection, refusers(for: objection, arguments)) }
        guard !dialects.contains(.v9), isOption, let value = arguments.first, !ReservedWord.isValue(value) else { return nil }
        return ((0, "a word in quotes, for it is a keyword"), .before9)
    }

    /// 8.3 and 8.4 look at the range of some numbers only, and at no word: the rest is left to drbdsetup, and to the kernel. 9 takes an option
    /// without its value for one at its default.
    private func refusers(for objection: Objection, _ arguments: [DRBDConfiguration.Word]) -> Dialects {
        guard let index = objection.index else { return Self.mayLackValue(name) ? .before9 : .all }
        guard index == 0, arguments.count == 1 else { return .all }
        let former: Dialects = ReservedWord.isValue(arguments[0]) ? [] : .before9
        switch form {
        // "ignore; auto-clamped by kernel" (8.4, drbdadm_parser.c)
        case .number where name == "al-extents": return former.subtracting(.v84).union(.v9)
        case .word, .numberOrWord, .text: return Self.isJudgedByAll(name) ? .all : former.union(.v9)
        case .number: return Self.isJudgedByAll(name) ? .all : former.union(.v9)
        // 8.3 takes any name for a protocol.
        case .anyCaseWord: return ReservedWord.isNoName(arguments[0]) ? .all : .since84
        case .boolean, .flag, .address, .device, .metaDisk, .anything: return .all
        }
    }

    private static func objection(toMetaDisk words: [String]) -> Objection? {
        guard let disk = words.first, !disk.hasPrefix("[") else { return (words.isEmpty ? nil : 0, "internal, or a device") }
        guard words.count > 1 else { return nil }
        guard disk != "internal", words[1].wholeMatch(of: /\[[0-9]{1,8}[MKGs]?\]/) != nil else { return (1, "an index in brackets behind a device") }
        return words.count > 2 ? (2, "one index") : nil
    }

    /// What is wrong with the arguments: which of them (nil for one that is missing), and what would be right.
    func objection(to arguments: [String]) -> Objection? {
        switch form {
        case .anything: return nil
        case .address: return Address.objection(to: arguments)
        case .device: return DRBDDevice.objection(to: arguments)
        case .metaDisk: return Self.objection(toMetaDisk: arguments)
        case .flag: return arguments.isEmpty ? nil : (0, "nothing after it")
        case .boolean where arguments.isEmpty: return nil
        default:
            guard let value = arguments.first else { return (nil, expectation) }
            guard accepts(value) else { return (0, expectation) }
            return arguments.count == 1 ? nil : (1, "one value")
        }
    }

    private func accepts(_ value: String) -> Bool {
        switch form {
        case .number(let range, let scale): Quantity.number(value, scale: scale).map(range.contains) ?? false
        case .numberOrWord(let range, let words): words.contains(value) || Quantity.number(value, scale: .one).map(range.contains) ?? false
        case .word(let words): words.contains(value)
        case .anyCaseWord(let words): words.contains(value.uppercased())
        case .boolean: value == "yes" || value == "no"
        case .text(let longest): value.utf8.count <= longest
        case .flag, .address, .device, .metaDisk, .anything: true
        }
    }

    /// The value as it compares: without a unit, in capitals where case makes no difference.
    func canonical(_ value: String) -> String {
        switch form {
        case .number(_, let scale): Quantity.number(value, scale: scale).map(String.init) ?? value
        case .anyCaseWord: value.uppercased()
        default: value
        }
    }

    private var expectation: String {
        switch form {
        case .number(let range, let scale): "a number from \(range.lowerBound) to \(range.upperBound)\(scale.meaning)"
        case .numberOrWord(let range, let words):
            "\(words.joined(separator: ", ")), or a number from \(range.lowerBound) to \(range.upperBound)"
        case .word(let words), .anyCaseWord(let words): words.joined(separator: ", ")
        case .boolean: "yes or no"
        case .text(let longest): "a text of at most \(longest) bytes"
        case .flag, .address, .device, .metaDisk, .anything: "a value"
        }
    }
}

extension Quantity.Scale {
    /// What a number without a unit counts.
    fileprivate var meaning: String {
        switch self {
        case .one: ""
        case .sectors: " sectors of 512 bytes, or with a unit: s, K, M, G"
        case .kibi: " KiB, or with a unit: s, K, M, G"
        }
    }
}
