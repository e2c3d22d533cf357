/// Words between quotes where crmsh's shell-like reading needs them.
enum CRMQuoting {
    /// A value behind `=`. crmsh quotes everything but `[\w.-]+`.
    static func value(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0.isWordCharacter || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
        return isPlain && !text.isEmpty ? text : quoted(text)
    }

    /// Any other word, which crmsh prints as it is; quoted where it would fall apart.
    static func word(_ text: String) -> String {
        let falls = text.utf8.contains { $0.isBlank || $0 == .doubleQuote || $0 == .singleQuote || $0 == .backslash }
        return falls || text.isEmpty ? quoted(text) : text
    }

    /// `name=value`, the name quoted with it where it must be.
    static func pair(_ name: String, _ value: String) -> String {
        word(name) == name ? "\(name)=\(Self.value(value))" : quoted("\(name)=\(value)")
    }

    /// crmsh escapes quotes only; a backslash that would then escape something is doubled here.
    private static func quoted(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = [.doubleQuote]
        for (index, byte) in bytes.enumerated() {
            let next = index + 1 < bytes.count ? bytes[index + 1] : .doubleQuote
            let escapes = byte == .backslash && (next == .doubleQuote || next == .backslash)
            if byte == .doubleQuote || escapes { result.append(.backslash) }
            result.append(byte)
        }
        result.append(.doubleQuote)
        return String(decoding: result, as: UTF8.self)
    }
}
