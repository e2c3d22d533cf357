/// What a statement says, whatever way it is written: comparing meanings compares configurations.
struct Meaning: Hashable {
    var words: [String]
    var body: [Meaning]?
}

extension DRBDConfiguration {
    /// Whether drbdadm would understand the same from both. Layout, comments and quotes make no difference, nor
    /// do the order of statements (paths keep theirs), units, `yes`, the forms of `device`, and sections that
    /// are skipped. What a resource inherits may be written out in it, and the reverse.
    public func isEquivalent(to other: DRBDConfiguration) -> Bool {
        self == other || resolved().meaning == other.resolved().meaning
    }

    var meaning: [Meaning] { Meaning.of(statements, in: nil) }
}

extension Meaning {
    static func of(_ statements: [DRBDConfiguration.Statement], in section: String?) -> [Meaning] {
        let meanings = statements.filter { !$0.isSkipped }.map(Meaning.init)
        return section == "plugin" ? meanings : inOrder(meanings)
    }

    init(_ statement: DRBDConfiguration.Statement) {
        var words = [statement.keyword.text] + statement.arguments.map(\.text)
        if Self.takesAddress.contains(words[0]) { words.removeAll { $0 == "ipv4" } }
        self.words = statement.body == nil ? Self.parameter(words) : words
        body = statement.body.map { Meaning.of($0, in: statement.keyword.text) }
    }

    /// `address [address-family] address:port`: the family is ipv4 unless it is named.
    private static let takesAddress: Set<String> = ["address", "floating", "host", "inside", "outside"]

    private static func parameter(_ words: [String]) -> [String] {
        switch (words[0], words.count) {
        case ("device", 2...4): device(words)
        case ("hosts", _): ["hosts"] + words.dropFirst().sorted()
        case ("flexible-meta-disk", _): ["meta-disk"] + words.dropFirst()
        case ("outdate-peer", _): ["fence-peer"] + words.dropFirst()
        case (let keyword, 1): flag(keyword)
        case (let keyword, 2): [keyword, Quantity.canonical(words[1], of: keyword) ?? words[1]]
        default: words
        }
    }

    /// A parameter without a value is a yes; DRBD 8 also knew some as `no-…`.
    private static func flag(_ keyword: String) -> [String] {
        negated.contains(keyword) ? [String(keyword.dropFirst(3)), "no"] : [keyword, "yes"]
    }

    static let negated: Set<String> = [
        "no-disk-barrier", "no-disk-drain", "no-disk-flushes", "no-md-flushes", "no-tcp-cork",
    ]

    private static func device(_ words: [String]) -> [String] {
        guard let device = DRBDDevice(words.dropFirst()) else { return words }
        return ["device", device.path, device.minor.map(String.init) ?? ""]
    }
}

extension Meaning {
    /// Sorted by all that they say. What is repeated under one name keeps its order: of two values of a
    /// parameter the later counts, and paths are tried as they come.
    private static func inOrder(_ meanings: [Meaning]) -> [Meaning] {
        meanings.enumerated().sorted { a, b in
            let (first, second) = (a.element.sortingKey, b.element.sortingKey)
            return first == second ? a.offset < b.offset : first.lexicographicallyPrecedes(second)
        }.map(\.element)
    }

    private var sortingKey: [String] {
        switch (words[0], body) {
        case ("host", nil): words
        case (_, nil): [words[0]]
        case ("path", _): words
        default: everything
        }
    }

    /// All words in it, with marks that no word contains.
    private var everything: [String] {
        words + ["\n{"] + (body ?? []).flatMap(\.everything) + ["\n}"]
    }
}
