internal import Host
public import XenSyntax

/// libxlutil, xl's own parser, through a little program beside XenSyntax's tests.
public enum Libxlutil {
    public struct Missing: Error, CustomStringConvertible { public let description: String }

    public typealias Settings = [String: XenConfiguration.Value]

    /// What xl reads from each text of the given keys; nil for a text that it refuses.
    public static func read(_ texts: [(bytes: [UInt8], keys: [String])]) async throws -> [Settings?] {
        let input = texts.reduce(into: [UInt8]()) { input, text in
            input += Array(([String(text.bytes.count)] + text.keys).joined(separator: " ").utf8) + [UInt8(ascii: "\n")]
            input += text.bytes
        }
        return zip(texts, try await answers("cfg", input)).map { text, answer in
            guard let values = values(answer) else { return nil }
            let set = zip(text.keys, values).compactMap { key, value in value.map { (key, $0) } }
            return Settings(set) { first, _ in first }
        }
    }

    public enum Kind: String { case disk, rate, pci }

    /// What xl reads from each specification, part for part, nil where a part is not set; nil for one that it refuses.
    public static func read(_ specifications: [String], as kind: Kind) async throws -> [[String?]?] {
        let input = Array(specifications.map { $0 + "\n" }.joined().utf8)
        return try await answers(kind.rawValue, input).map { values($0)?.map { $0?.text } }
    }

    private static func answers(_ mode: String, _ input: [UInt8]) async throws -> [String] {
        try await Command(program.value, [mode], input: input).run().text.split(separator: "\n").map(String.init)
    }

    private static let scratch = Result { try Scratch() }

    private static let program = Task {
        let binary = try scratch.get().path + "/xlcfg"
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let source = "/\(tests)/XenSyntaxTests/Oracle/xlcfg.c"
        let result = try await Command("cc", ["-o", binary, source, "-lxlutil", "-lxenlight"]).run()
        guard result.succeeded else {
            throw Missing(description: "no libxlutil: apt-get install gcc libc6-dev libxen-dev\n\(result.error)")
        }
        return binary
    }

    /// The values after "good", nil for those that are not set; nil for "bad".
    private static func values(_ answer: String) -> [XenConfiguration.Value?]? {
        var words = answer.split(separator: " ")[...]
        guard words.popFirst() == "good" else { return nil }
        var values: [XenConfiguration.Value?] = []
        while !words.isEmpty { values.append(value(&words)) }
        return values
    }

    private static func value(_ words: inout ArraySlice<Substring>) -> XenConfiguration.Value? {
        guard let word = words.popFirst(), word != "-" else { return nil }
        guard word == "l(" else { return .text(text(ofHex: word.dropFirst())) }
        var items: [XenConfiguration.Value] = []
        while let next = words.first, next != ")" {
            if let item = value(&words) { items.append(item) }
        }
        words.removeFirst()
        return .list(items)
    }

    private static func text(ofHex hex: Substring) -> String {
        let digits = hex.utf8.map { UInt8($0 > 57 ? $0 - 87 : $0 - 48) }
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
