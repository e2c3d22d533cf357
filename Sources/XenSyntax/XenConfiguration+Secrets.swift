public import Diagnostics

extension XenConfiguration {
    /// Every password of a file, whatever else is wrong with it: `vncpasswd` and `spicepasswd`, and `vncpasswd=` in `vfb`.
    public static func secrets(in source: SourceText) -> [Secret] {
        guard passwords.contains(where: { source.range(of: $0) != nil }) else { return [] }
        var secrets: [Secret] = []
        var lexer = Lexer(source)
        var token = lexer.next()
        var key = ""
        while token.kind != .end {
            switch token.kind {
            case .key(let word): key = word
            case .text(let text) where passwords.contains(key):
                secrets.append(Secret(path: [key], value: text, range: token.range) { Value.text($0).description })
            case .text where key == "vfb": secrets += framebufferSecrets(in: source, token.range)
            default: break
            }
            token = lexer.next()
        }
        return secrets
    }

    private static let passwords: Set<String> = ["vncpasswd", "spicepasswd"]

    /// `vncpasswd=…` of a framebuffer, up to the next comma or to the closing quote.
    private static func framebufferSecrets(in source: SourceText, _ range: Range<Int>) -> [Secret] {
        let word = Array("vncpasswd=".utf8)
        var secrets: [Secret] = []
        var start = range.lowerBound + 1
        let end = range.upperBound - 1
        while start < end {
            let stop = source.bytes[start..<end].firstIndex(of: UInt8(ascii: ",")) ?? end
            let part = source.bytes[start..<stop].drop { $0 == UInt8(ascii: " ") }
            if part.starts(with: word) {
                let value = part.dropFirst(word.count)
                secrets.append(
                    Secret(
                        path: ["vfb", "vncpasswd"], value: String(decoding: value, as: UTF8.self), range: value.startIndex..<stop,
                        notation: plain))
            }
            start = stop + 1
        }
        return secrets
    }

    /// Between other words of one text there is no way to write a comma, and none here to write what needs a backslash.
    private static func plain(_ value: String) -> String? {
        value.unicodeScalars.allSatisfy { $0 >= " " && $0 != "," && $0 != "\"" && $0 != "'" && $0 != "\\" } ? value : nil
    }
}
