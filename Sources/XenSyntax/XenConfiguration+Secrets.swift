public import Diagnostics

extension XenConfiguration {
    /// Every password of a file, whatever else is wrong with it: `vncpasswd` and `spicepasswd`, `vncpasswd=` in `vfb`, and what the
    /// script of a disk, or Ceph, is told in it: `password=`, `:key=`.
    public static func secrets(in source: SourceText) -> [Secret] {
        guard announced.contains(where: { source.range(of: $0) != nil }) else { return [] }
        var secrets: [Secret] = []
        var lexer = Lexer(source)
        var token = lexer.next()
        var key = ""
        while token.kind != .end {
            switch token.kind {
            case .key(let word): key = word
            case .text(let text) where passwords.contains(key):
                secrets.append(Secret(path: [key], value: text, range: token.range) { Value.text($0).description })
            case .text where parts[key] != nil: secrets += self.parts(named: parts[key] ?? [], of: key, in: source, token.range)
            default: break
            }
            token = lexer.next()
        }
        return secrets
    }

    private static let passwords: Set<String> = ["vncpasswd", "spicepasswd"]

    /// What is secret in the texts of a list.
    private static let parts: [String: Set<String>] = [
        "vfb": ["vncpasswd"], "disk": words, "device_model_args": words, "device_model_args_hvm": words, "device_model_args_pv": words,
    ]
    private static let words: Set<String> = ["key", "password", "passwd", "secret"]
    private static let announced = passwords.union(parts.values.joined())

    /// `NAME=…` between commas, colons or semicolons.
    private static func parts(named names: Set<String>, of key: String, in source: SourceText, _ range: Range<Int>) -> [Secret] {
        let separators = Array((key == "vfb" ? "," : ",:;").utf8)
        var secrets: [Secret] = []
        var start = range.lowerBound + 1
        let end = range.upperBound - 1
        while start < end {
            let word = source.bytes[start..<end].prefix { !separators.contains($0) && $0 != UInt8(ascii: "=") }
            let name = String(decoding: word.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
            guard word.endIndex < end, source.bytes[word.endIndex] == UInt8(ascii: "="), names.contains(name) else {
                start = word.endIndex + 1
                continue
            }
            let value = source.bytes[(word.endIndex + 1)..<end]
            let reference = value.starts(with: SecretReference.prefix.utf8) ? SecretReference.prefix.utf8.count : 0
            let stop = value.dropFirst(reference).firstIndex(where: separators.contains) ?? end
            let text = value[..<stop]
            if !text.isEmpty {
                secrets.append(
                    Secret(
                        path: [key, name], value: String(decoding: text, as: UTF8.self), range: text.indices, notation: key == "vfb" ? plain : narrow)
                )
            }
            start = stop + 1
        }
        return secrets
    }

    /// Between other words of one text there is no way to write a comma, and none here to write what needs a backslash.
    private static func plain(_ value: String) -> String? {
        value.unicodeScalars.allSatisfy { $0 >= " " && $0 != "," && $0 != "\"" && $0 != "'" && $0 != "\\" } ? value : nil
    }

    /// Nor a colon or a semicolon where they separate too, but for that of a reference.
    private static func narrow(_ value: String) -> String? {
        let rest = SecretReference(value)?.name ?? value
        return rest.contains { ":;".contains($0) } ? nil : plain(value)
    }
}
