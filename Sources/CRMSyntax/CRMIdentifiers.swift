public import XML

/// Gives elements the ids that crmsh would give them on creation, so that both make the same CIB.
///
/// crmsh builds an id from the one above it: `<owner>-<name>` for a pair, `<owner>-<name>-<interval>` for an operation,
/// `<owner>-<tag>` for lists and rules, and for anything else the owner's own id. One that is taken gets `-0`, `-1`…
public struct CRMIdentifiers {
    private let isUsed: (String) -> Bool
    private var given: Set<String> = []
    /// The ids that were made up here.
    public private(set) var made: Set<String> = []

    /// - Parameter isUsed: whether an id occurs in the CIB already. Ids given here are remembered besides.
    public init(isUsed: @escaping (String) -> Bool = { _ in false }) {
        self.isUsed = isUsed
    }

    /// - Parameter element: a CIB, or its configuration, whose ids are taken.
    public init(usedIn element: Element) {
        var ids: Set<String> = []
        element.walk { if let id = $0.id, !Self.isReference($0) { ids.insert(id) } }
        self.init(isUsed: ids.contains)
    }

    /// Fills in the missing ids of an element and all below it, parents first. Ids that are there stay.
    ///
    /// - Parameter owner: the id of the nearest element above that has one. Objects need none: they have names.
    public mutating func fill(_ element: inout Element, under owner: String = "") {
        nameDefaultSet(&element)
        if Self.needsID(element) { setID(of: &element, under: owner) }
        let prefix = Self.prefix(below: element) ?? owner
        if element.name == "alert" { numberRecipients(of: &element) }
        for index in element.children.indices { fill(&element.children[index], under: prefix) }
    }

    public func filling(_ element: Element, under owner: String = "") -> Element {
        var copy = self
        var filled = element
        copy.fill(&filled, under: owner)
        return filled
    }

    private static func prefix(below element: Element) -> String? {
        switch element.name {
        case "node": element["uname"]
        case "fencing-topology": "fencing"
        default: element.id
        }
    }

    /// `<alert>-recipient-1` and so on; a number whose id is taken is passed over.
    private mutating func numberRecipients(of alert: inout Element) {
        var number = 0
        for index in alert.children.indices where alert.children[index].name == "recipient" {
            repeat { number += 1 } while isTaken("\(alert.id ?? "")-recipient-\(number)")
            guard alert.children[index].id == nil else { continue }
            alert.children[index].attributes.insert(.init("id", makeUp("\(alert.id ?? "")-recipient-\(number)")), at: 0)
        }
    }

    private mutating func setID(of element: inout Element, under owner: String) {
        let id = element.id ?? element["uname"] ?? makeUp(Self.proposal(for: element, under: owner))
        given.insert(id)
        if element.id == nil { element.attributes.insert(.init("id", id), at: 0) }
    }

    private mutating func makeUp(_ proposal: String) -> String {
        let id = unused(proposal)
        made.insert(id)
        return id
    }

    /// crmsh tries 99 numbers and then takes the id all the same; the CIB's schema refuses that.
    private func unused(_ id: String) -> String {
        guard isTaken(id) else { return id }
        for number in 0..<99 where !isTaken("\(id)-\(number)") { return "\(id)-\(number)" }
        return id
    }

    private func isTaken(_ id: String) -> Bool { given.contains(id) || isUsed(id) }
}

extension CRMIdentifiers {
    /// Elements whose id is that of another.
    private static let references: Set<String> = ["resource_ref", "obj_ref", "role", "role_ref", CRMStatement.memberTag]
    private static let withoutID: Set<String> = [
        "operations", "rsc_defaults", "op_defaults", "fencing-topology", "docker", "podman", "rkt", "network", "storage", "lifetime",
        "select", "select_attributes", "select_fencing", "select_nodes", "select_resources",
    ]

    /// Whether the id of the element is that of another.
    public static func isReference(_ element: Element) -> Bool { references.contains(element.name) }

    private static func needsID(_ element: Element) -> Bool {
        !isReference(element) && !withoutID.contains(element.name) && element["id-ref"] == nil
    }

    private static func proposal(for element: Element, under owner: String) -> String {
        valid(crmshProposal(for: element, under: owner))
    }

    /// crmsh takes names into ids as they are, and the schema refuses what is then no XML name: `n-master-rsc:0`, `1st-meta`.
    private static func valid(_ id: String) -> String {
        let isFine = { (byte: UInt8) in byte.isWordCharacter || byte >= 0x80 || byte == 0x2D || byte == 0x2E }
        let begins = id.utf8.first.map { $0.isLetter || $0 == UInt8(ascii: "_") || $0 >= 0x80 } ?? false
        if begins, id.utf8.allSatisfy(isFine) { return id }
        let replaced = String(decoding: id.utf8.map { isFine($0) ? $0 : UInt8(ascii: "-") }, as: UTF8.self)
        return begins ? replaced : "id-" + replaced
    }

    private static func crmshProposal(for element: Element, under owner: String) -> String {
        let isNumber = !owner.isEmpty && owner.utf8.allSatisfy(\.isDigit)
        let prefix = isNumber ? "num-\(owner)" : owner  // an XML id can't begin with a digit
        switch element.name {
        case "nvpair": return "\(prefix)-\(element["name"] ?? "None")"
        case "op": return operation(element, prefix)
        case "date_expression": return "\(prefix)-expression"
        case "instance_attributes", "meta_attributes", "utilization", "rule", "expression", "duration", "date_spec",
            "read", "write", "deny":
            return "\(prefix)-\(element.name)"
        default: return prefix
        }
    }

    private static func operation(_ element: Element, _ prefix: String) -> String {
        let name = element["name"] ?? ""
        guard let interval = element["interval"], !interval.isEmpty else { return "\(prefix)-\(name)" }
        return "\(prefix)-\(name)-\(interval)"
    }

    /// A set of properties without an id is the one that crmsh shows first.
    private func nameDefaultSet(_ element: inout Element) {
        switch element.name {
        case "cluster_property_set": Self.name(&element, .property)
        case "rsc_defaults" where !element.children.isEmpty: Self.name(&element.children[0], .rscDefaults)
        case "op_defaults" where !element.children.isEmpty: Self.name(&element.children[0], .opDefaults)
        default: break
        }
    }

    private static func name(_ set: inout Element, _ keyword: CRMKeyword) {
        guard set.id == nil, set["id-ref"] == nil else { return }
        set.attributes.insert(.init("id", keyword.defaultID), at: 0)
    }
}
