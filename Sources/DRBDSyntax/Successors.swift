/// What the spellings of DRBD 8 are now.
enum Successors {
    static let ofSyncer = [
        "rate": "disk { resync-rate … }", "after": "disk { resync-after … }", "al-extents": "disk { al-extents … }",
        "verify-alg": "net { verify-alg … }", "csums-alg": "net { csums-alg … }", "use-rle": "net { use-rle … }",
        "cpu-mask": "options { cpu-mask … }", "on-no-data-accessible": "options { on-no-data-accessible … }",
        "c-plan-ahead": "disk { c-plan-ahead … }", "c-fill-target": "disk { c-fill-target … }",
        "c-delay-target": "disk { c-delay-target … }", "c-max-rate": "disk { c-max-rate … }",
        "c-min-rate": "disk { c-min-rate … }",
    ]

    /// An option of the syncer section, and the section that has it since 8.4; as it is where that has none.
    static func placed(_ statement: DRBDConfiguration.Statement) -> (section: String, statement: DRBDConfiguration.Statement) {
        guard let words = ofSyncer[statement.keyword.text]?.split(separator: " "), words.count > 2 else { return ("syncer", statement) }
        var moved = statement
        moved.keyword = .init(String(words[2]))
        return (String(words[0]), moved)
    }

    private static let renamed = [
        "flexible-meta-disk": "meta-disk", "outdate-peer": "fence-peer", "rate": "resync-rate", "after": "resync-after",
    ]

    /// Former words whose successor 8.3 reads as well.
    static let in83: Set<String> = ["outdate-peer"]

    /// The statement as it is written now; nil where it is.
    static func of(_ statement: DRBDConfiguration.Statement) -> String? {
        let keyword = statement.keyword.text
        if statement.arguments.isEmpty {
            if let negated = Parameter.negated(by: keyword), Parameter.options[negated] != nil { return "\(negated) no" }
            return keyword == "allow-two-primaries" ? "allow-two-primaries yes" : nil
        }
        guard let successor = renamed[keyword] else { return nil }
        return ([successor] + statement.arguments.map(\.description)).joined(separator: " ")
    }
}

extension Parameter {
    /// Whether the remedy of the syncer section names its new place.
    var isMoved: Bool { Successors.ofSyncer[name] != nil }
}
