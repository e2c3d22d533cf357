/// Words that drbdadm takes for something else than a name where they stand without quotes.
enum ReservedWord {
    /// The generations that refuse an unquoted word as a name: "'TK_STRING' expected, but got 'net'" (drbdadm).
    static func refusers(of word: DRBDConfiguration.Word) -> Dialects {
        guard !word.isQuoted else { return [] }
        if isNumber(word.text) || word.text.utf8.contains(UInt8(ascii: ":")) || of9And84.contains(word.text) { return .all }
        if of9.contains(word.text) { return .v9 }
        return Parameter.keywords.contains(word.text) || of84.contains(word.text) ? .before9 : []
    }

    /// Whether 8.3 and 8.4 read a word as the value of an option: "'TK_STRING | TK_INTEGER' expected" (drbdadm).
    static func isValue(_ word: DRBDConfiguration.Word) -> Bool {
        if word.isQuoted { return true }
        return refusers(of: word).isDisjoint(with: .before9) || word.text.wholeMatch(of: /[0-9]{1,8}[MKGs]?/) != nil
    }

    /// Whether 8.3 and 8.4 read no name in a word.
    static func isNoName(_ word: DRBDConfiguration.Word) -> Bool { !refusers(of: word).isDisjoint(with: .before9) }

    /// A number, an address, a version: drbdadm_scanner.fl.
    private static func isNumber(_ text: String) -> Bool {
        guard let first = text.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
        return text.wholeMatch(of: /[0-9]{1,8}[MKGs]?|([0-9]{1,3}\.){3}[0-9]{1,3}/) != nil
    }

    private static let of9And84: Set<String> = [
        "on", "stacked-on-top-of", "floating", "no", "net", "yes", "ask", "skip", "disk", "proxy", "minor", "inside", "syncer", "device", "global",
        "common", "outside", "address", "startup", "include", "handlers", "minor-count", "disable-ip-verification", "dialog-refresh", "resource",
        "meta-disk", "flexible-meta-disk", "usage-count", "_this_host", "_remote_host", "sci", "ssocks", "sdp", "ipv4", "ipv6", "volume",
        "cmd-timeout-short", "cmd-timeout-medium", "cmd-timeout-long", "options", "udev-always-use-vnr",
    ]

    private static let of9: Set<String> = [
        "via", "host", "hosts", "port", "connection", "outside-address", "connection-mesh", "node-id", "_peer_node_id", "_is_standalone",
        "template-file", "path", "tiebreaker",
    ]

    private static let of84: Set<String> = ["ignore-on", "alternate-link-address", "plugin"]
}
