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

    /// What is wrong with the arguments: which of them (nil for one that is missing), and what would be right.
    func objection(to arguments: [String]) -> (index: Int?, expected: String)? {
        switch form {
        case .anything: return nil
        case .address: return Address.objection(to: arguments)
        case .device: return DRBDDevice.objection(to: arguments)
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
        case .flag, .address, .device, .anything: true
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
        case .flag, .address, .device, .anything: "a value"
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
