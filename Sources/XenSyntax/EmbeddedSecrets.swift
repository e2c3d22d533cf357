internal import Diagnostics

/// The passwords in the midst of a text: `NAME=…` between separators, and those of addresses.
struct EmbeddedSecrets {
    private let key: String
    private let source: SourceText
    /// Without the quotes.
    private let range: Range<Int>

    init(_ key: String, in source: SourceText, _ range: Range<Int>) {
        self.key = key
        self.source = source
        let quote = source.bytes[range.lowerBound]
        let width = !"\"'".utf8.contains(quote) ? 0 : source.bytes[range].starts(with: [quote, quote, quote]) && range.count > 5 ? 3 : 1
        self.range = range.lowerBound + width..<max(range.lowerBound + width, range.upperBound - width)
    }

    var all: [Secret] {
        let named = named
        let addresses = source.credentials(in: range).filter { range in !named.contains { $0.range.overlaps(range) } }
        return (named + addresses.map { secret("password", $0, separators + "@/ ,;") }).sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// - Parameter limits: what ends it there. There is no way to write one of them, and none here to write what needs a backslash.
    private func secret(_ name: String, _ range: Range<Int>, _ limits: String) -> Secret {
        Secret(path: [key, name], value: String(decoding: source.bytes[range], as: UTF8.self), range: range) { value in
            // `secret:NAME` has a colon, and is read as one word nevertheless.
            let rest = SecretReference(value)?.name ?? value
            return rest.unicodeScalars.allSatisfy { $0 >= " " && !(limits + "\"'\\").unicodeScalars.contains($0) } ? value : nil
        }
    }

    /// The kernel's words stand between blanks, those of a framebuffer between commas; of a disk and of QEMU there are several kinds.
    private var separators: String {
        switch key {
        case "vfb": ","
        case "disk": ",:;"
        case _ where key.hasPrefix("device_model_args"): ",:; "
        default: " "
        }
    }

    private var named: [Secret] {
        let separators = Array(separators.utf8)
        var secrets: [Secret] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let word = source.bytes[start..<range.upperBound].prefix { !separators.contains($0) && $0 != UInt8(ascii: "=") }
            guard let value = value(behind: word) else {
                start = word.endIndex + 1
                continue
            }
            let text = value.prefix(upTo: end(of: value, separators))
            if !text.isEmpty { secrets.append(secret(name(of: word), text.indices, self.separators)) }
            start = text.endIndex + 1
        }
        return secrets
    }

    /// What stands behind the sign of a word that announces a secret.
    private func value(behind word: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let name = name(of: word)
        guard word.endIndex < range.upperBound, announcesSecret(name) else { return nil }
        switch source.bytes[word.endIndex] {
        case UInt8(ascii: "="): return source.bytes[(word.endIndex + 1)..<range.upperBound]
        // "password": "X", as QEMU's json: has it.
        case UInt8(ascii: ":") where word.last == UInt8(ascii: "\""):
            // Where the text itself stands in such quotes, these have a backslash each.
            let text = source.bytes[(word.endIndex + 1)..<range.upperBound].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\\") }
            return text.first == UInt8(ascii: "\"") ? text.dropFirst() : nil
        default: return nil
        }
    }

    private func name(of word: ArraySlice<UInt8>) -> String {
        let name = String(decoding: word.filter { !" \"{\\".utf8.contains($0) }, as: UTF8.self)
        return String(name.split(separator: ".").last ?? "")
    }

    private func announcesSecret(_ name: String) -> Bool {
        switch name {
        case "key": ["disk", "device_model_args"].contains { key.hasPrefix($0) }
        // "-object secret,id=…,data=…" of QEMU
        case "data": key.hasPrefix("device_model_args") && source.bytes[range].firstRange(of: Array("secret,".utf8)) != nil
        default: name.announcesSecret && name.utf8.allSatisfy { $0 != UInt8(ascii: "/") }
        }
    }

    private func end(of value: ArraySlice<UInt8>, _ separators: [UInt8]) -> Int {
        if value.startIndex > 0, source.bytes[value.startIndex - 1] == UInt8(ascii: "\"") {
            let end = value.firstIndex(of: UInt8(ascii: "\"")) ?? value.endIndex
            return end > value.startIndex && source.bytes[end - 1] == UInt8(ascii: "\\") ? end - 1 : end
        }
        let reference = value.starts(with: SecretReference.prefix.utf8) ? SecretReference.prefix.utf8.count : 0
        return value.dropFirst(reference).firstIndex(where: separators.contains) ?? value.endIndex
    }
}
