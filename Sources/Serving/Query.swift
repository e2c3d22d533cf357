internal import Diagnostics

/// What stands behind the `?` of a request: `since=2h&commit=4f1c2ab`.
struct Query: Sendable {
    private var values: [String: String] = [:]

    /// - Throws: for a name that is not known, one that stands twice, and what is not encoded as it should be: a filter that is passed over shows
    ///   what nobody has asked for.
    init(_ text: Substring, knowing names: Set<String>) throws(Finding) {
        for part in text.split(separator: "&") {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(halves[0]), let value = Self.decoded(halves.count > 1 ? halves[1] : "") else {
                throw Finding.error("\"\(String(part).singleLine)\" is not percent-encoded UTF-8")
            }
            guard names.contains(name) else {
                let expected = names.isEmpty ? "none" : names.sorted().joined(separator: ", ")
                throw Finding.error("there is no parameter \"\(name.singleLine)\" here", expected: expected)
            }
            guard values.updateValue(value, forKey: name) == nil else { throw Finding.error("\"\(name)\" stands there twice") }
        }
    }

    subscript(name: String) -> String? { values[name] }

    func number(_ name: String, from range: ClosedRange<Int>, orElse usual: Int) throws(Finding) -> Int {
        guard let text = values[name] else { return usual }
        guard let number = Int(text), range.contains(number) else {
            throw Finding.error("\(name): \"\(text.singleLine)\" is too much or too little", expected: "\(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// RFC 3986, 2.1; and a plus for a blank, as forms write it.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2)
                guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                    let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
                else { return nil }
                bytes.append(code)
                rest = rest.dropFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
