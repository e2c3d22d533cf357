/// What the value of an attribute may be, by the schema's data types (XML Schema Part 2).
enum ValueType: Hashable, Sendable {
    case text
    /// A name that no other element has; or that of another element.
    case id, reference
    case integer, positiveInteger
    /// true, false, 1 or 0; no other word, whatever Pacemaker itself understands.
    case boolean
    /// An integer, INFINITY, +INFINITY or -INFINITY (score.rng).
    case score
    case oneOf([String])
    case noneOf(Set<String>)
    /// "([0-9\-]+)" (resources-2.10.rng)
    case ports
    /// "([a-zA-Z0-9_\.\-]+)(,[a-zA-Z0-9_\.\-]+)*" (fencing-2.4.rng)
    case devices

    func accepts(_ value: String) -> Bool {
        switch self {
        case .text: true
        case .id, .reference: value.isName
        case .integer: value.trimmed.isInteger
        case .positiveInteger: value.trimmed.isInteger && !value.trimmed.hasPrefix("-") && value.contains { ("1"..."9").contains($0) }
        case .boolean: ["true", "false", "1", "0"].contains(value.trimmed)
        case .score: ["INFINITY", "+INFINITY", "-INFINITY"].contains(value.trimmed) || value.trimmed.isInteger
        case .oneOf(let words): words.contains { $0 == value.trimmed }
        case .noneOf(let words): !words.contains(value)
        case .ports: !value.isEmpty && value.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "-") }
        case .devices: value.split(separator: ",", omittingEmptySubsequences: false).allSatisfy(\.isDevice)
        }
    }

    /// For people: what may stand here.
    var expected: [String] {
        switch self {
        case .text, .noneOf: []
        case .id, .reference: ["a name of letters, digits, - . and _, that does not begin with a digit"]
        case .integer: ["an integer"]
        case .positiveInteger: ["an integer from 1"]
        case .boolean: ["true", "false"]
        case .score: ["an integer, INFINITY or -INFINITY"]
        case .oneOf(let words): words
        case .ports: ["a port, or two with a - between them"]
        case .devices: ["names of fence devices, with commas between them"]
        }
    }
}

extension String {
    fileprivate var trimmed: Substring {
        guard utf8.first.map(isBlank) == true || utf8.last.map(isBlank) == true else { return self[...] }
        let front = drop { $0.utf8.allSatisfy(isBlank) }
        return front.dropLast(front.reversed().prefix { $0.utf8.allSatisfy(isBlank) }.count)
    }

    /// An NCName, a name of XML without colons (Namespaces in XML), within blanks.
    fileprivate var isName: Bool {
        let name = trimmed.utf8
        guard let first = name.first, first.isLetter || first == UInt8(ascii: "_") || first >= 0x80 else { return false }
        return name.allSatisfy { $0.isLetter || $0.isDigit || $0 >= 0x80 || "_-.".utf8.contains($0) }
    }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x9...0xA).contains(byte) || byte == 0xD }

extension Substring {
    fileprivate var isInteger: Bool {
        let digits = first == "-" || first == "+" ? dropFirst() : self
        return !digits.isEmpty && digits.utf8.allSatisfy(\.isDigit)
    }

    fileprivate var isDevice: Bool { !isEmpty && utf8.allSatisfy { $0.isLetter || $0.isDigit || "_.-".utf8.contains($0) } }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
    fileprivate var isLetter: Bool { (0x41...0x5A).contains(self & 0xDF) }
}
