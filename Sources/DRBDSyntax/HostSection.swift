/// A host's section of a resource, and what it inherits of volumes.
struct HostSection {
    typealias Statement = DRBDConfiguration.Statement
    typealias Word = DRBDConfiguration.Word

    let statement: Statement
    let body: [Statement]
    /// By number: what it says itself, and what the resource says anywhere.
    let volumes: [Int: DRBDVolume]

    init?(_ statement: Statement, inheriting inherited: [DRBDVolume]) {
        guard Self.keywords.contains(statement.keyword.text) else { return nil }
        guard let body = statement.body ?? (statement.keyword.text == "floating" ? [] : nil) else { return nil }
        self.statement = statement
        self.body = body
        let merged = DRBDVolume.merge(inherited, with: DRBDVolume.all(in: body))
        volumes = Dictionary(merged.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    }

    static let keywords: Set<String> = ["on", "floating", "stacked-on-top-of"]

    var isFloating: Bool { statement.keyword.text == "floating" }
    var isStacked: Bool { statement.keyword.text == "stacked-on-top-of" }

    /// `uname -n`; of a stacked or floating host nothing is known.
    var names: [String] { isFloating || isStacked ? [] : statement.arguments.map(\.text) }

    /// As people know it.
    var title: String { statement.arguments.isEmpty ? "a host" : statement.arguments.map(\.text).joined(separator: " ") }

    /// The words after `address`.
    var address: [String]? { isFloating ? statement.arguments.map(\.text) : body.parameter("address")?.arguments.map(\.text) }

    var nodeID: Statement? { nodeIDs.last }

    /// All that are said: there may be one.
    var nodeIDs: [Statement] { body.filter { $0.body == nil && $0.keyword.text == "node-id" } }

    /// Whether `device` and the like stand in the section itself, without a volume around them.
    var saysImplicitly: Bool { body.contains(where: \.isOfImplicitVolume) }

    /// Whether volume 0 has a section of its own here.
    var numbersVolumeZero: Bool { body.sections("volume").contains { $0.arguments.first.flatMap { Int($0.text) } == 0 } }

    /// Behind a proxy DRBD speaks to the proxy's address.
    var hasProxy: Bool { !body.sections("proxy").isEmpty }
}

extension DRBDConfiguration.Statement {
    /// Of volume 0, without a section around it.
    var isOfImplicitVolume: Bool { body == nil && ["device", "disk", "meta-disk", "flexible-meta-disk"].contains(keyword.text) }

    /// What hosts inherit.
    var isInherited: Bool { isOfImplicitVolume || body != nil && keyword.text == "volume" }
}

extension [String] {
    /// `192.0.2.1` of `ipv4 192.0.2.1:7789`: what DRBD 9 makes node-ids of where there are none.
    var addressWithoutPort: Substring? {
        last.map { word in word.lastIndex(of: ":").map { word[..<$0] } ?? word[...] }
    }

    /// Without the family that is meant anyway.
    var withoutIPv4: [String] { filter { $0 != "ipv4" } }
}
