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
        let meanings = statements.lazy.filter { !$0.isSkipped }.compactMap { Meaning($0, in: section) }
        return section == "plugin" ? Array(meanings) : inOrder(Array(meanings))
    }

    /// Nil for what says nothing: a section of options without any, a parameter that DRBD 8 only passed over.
    init?(_ statement: DRBDConfiguration.Statement, in section: String?) {
        var words = [statement.keyword.text] + statement.arguments.map(\.text)
        if Self.takesAddress.contains(words[0]) { words = words.filter { $0 != "ipv4" }.map(\.withWholeIPv6.withPlainPort) }
        if words[0] == "volume", words.count == 2, let number = Int(words[1]) { words[1] = String(number) }
        guard let contents = statement.body ?? (words[0] == "floating" ? [] : nil) else {
            guard words.count != 2 || !Self.isWithoutEffect.contains(words[0]) else { return nil }
            self.words = Self.parameter(words, in: section)
            return
        }
        let body = Meaning.of(contents, in: words[0])
        guard !body.isEmpty || words.count > 1 || !Self.holdsOptions.contains(words[0]) else { return nil }
        self.words = words[0] == "on" ? ["on"] + words.dropFirst().sorted() : words
        self.body = body
    }

    private static let isWithoutEffect = Set(Parameter.retired.map(\.name))

    private static let holdsOptions: Set<String> = ["net", "disk", "syncer", "startup", "handlers", "options", "proxy"]

    /// `address [address-family] address:port`: the family is ipv4 unless it is named.
    private static let takesAddress: Set<String> = ["address", "floating", "host", "inside", "outside"]

    private static func parameter(_ words: [String], in section: String?) -> [String] {
        switch (words[0], words.count) {
        case ("rate", 2) where section == "disk": parameter(["resync-rate", words[1]], in: section)
        case ("after", 2) where section == "disk": parameter(["resync-after", words[1]], in: section)
        case ("device", 2...4): device(words)
        case ("hosts", _): ["hosts"] + words.dropFirst().sorted()
        case ("flexible-meta-disk", _): ["meta-disk"] + words.dropFirst()
        case ("outdate-peer", _): ["fence-peer"] + words.dropFirst()
        case (let keyword, 1): flag(keyword)
        case (let keyword, 2): [keyword, Parameter.compared[keyword]?.canonical(words[1]) ?? words[1]]
        default: words
        }
    }

    /// A parameter without a value is a yes; `no-…` before one is a no.
    private static func flag(_ keyword: String) -> [String] {
        guard let negated = Parameter.negated(by: keyword), Parameter.options[negated] != nil else { return [keyword, "yes"] }
        return [negated, "no"]
    }

    private static func device(_ words: [String]) -> [String] {
        guard let device = DRBDDevice(words.dropFirst()) else { return words }
        return ["device", device.path, device.minor.map(String.init) ?? ""]
    }
}

extension Meaning {
    /// Whether a parameter says what holds without it, in DRBD 8.4 and in 9.
    var isDefault: Bool {
        guard body == nil, words.count == 2, let parameter = Parameter.options[words[0]], let usual = parameter.usual else { return false }
        return words[1] == parameter.canonical(usual)
    }

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

extension String {
    /// `192.0.2.1:7789` for `192.0.2.1:07789`: numbers are decimal, whatever they begin with.
    fileprivate var withPlainPort: String {
        guard let colon = lastIndex(of: ":"), let port = UInt16(self[index(after: colon)...]) else { return self }
        return "\(self[...colon])\(port)"
    }
}
