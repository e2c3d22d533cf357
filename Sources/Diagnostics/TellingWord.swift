/// A word that announces a secret, spelt right or nearly so.
enum TellingWord {
    static func matches(_ word: ArraySlice<UInt8>) -> Bool {
        guard (3...64).contains(word.count) else { return false }
        // The letters alone rule out nearly every word of a file.
        let letters = mask(word)
        let mayContain = parts.contains { $0.letters & ~letters == 0 }
        let near = names.lazy.filter { name in
            abs(name.word.utf8.count - word.count) <= name.limit && (name.letters & ~letters).nonzeroBitCount <= name.limit
                && (letters & ~name.letters).nonzeroBitCount <= name.limit
        }
        guard mayContain || !near.isEmpty || word.count == key.count || word.count == token.count else { return false }
        let lower = word.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        if lower == key || lower == token { return true }
        if paths.contains(where: lower.reversed().starts) { return false }
        if mayContain, parts.contains(where: { contains(lower, $0.word) }) { return true }
        let text = String(decoding: lower, as: UTF8.self)
        return near.contains { editDistance(text, $0.word, limit: $0.limit) <= $0.limit }
    }

    /// Too common a word to announce anything by itself.
    static func needsSign(_ word: ArraySlice<UInt8>) -> Bool { word.count == key.count || isOfQuery(word) }

    /// A time in corosync.conf, a name in coxswain.yaml, and a password in what follows the path of an address.
    static func isOfQuery(_ word: ArraySlice<UInt8>) -> Bool { word.count == token.count && word.map { $0 | 0x20 } == token }

    private static let key = Array("key".utf8)
    private static let token = Array("token".utf8)
    private static let parts: [(word: [UInt8], letters: UInt32)] = [
        "secret", "passw", "passphrase", "access_token", "private_token", "auth_token", "api_key", "apikey", "rootpw", "sshpw", "bindpw",
    ].map { (Array($0.utf8), mask($0.utf8)) }
    /// Where the password is, or how it is handed over: `passwd_script`.
    private static let paths = ["_script", "_file", "_path", "_method"].map { Array($0.utf8.reversed()) }

    private static let names: [(word: String, limit: Int, letters: UInt32)] = [
        ("shared-secret", 3), ("vncpasswd", 2), ("spicepasswd", 3), ("passwd", 1), ("password", 2),
    ].map { ($0.0, $0.1, mask($0.0.utf8)) }

    /// The letters that occur, small or capital.
    private static func mask(_ word: some Sequence<UInt8>) -> UInt32 {
        word.reduce(0) { (0x61...0x7A).contains($1 | 0x20) ? $0 | 1 << UInt32(($1 | 0x20) - 0x61) : $0 }
    }

    private static func contains(_ word: [UInt8], _ part: [UInt8]) -> Bool {
        guard word.count >= part.count else { return false }
        return (0...word.count - part.count).contains { word[$0] == part[0] && word[$0..<$0 + part.count].elementsEqual(part) }
    }
}
