internal import XML

/// What makes a child of a CIB element the same child in another version of it.
///
/// An XML id is identity only for objects. An nvpair is known by its name, an operation by name, interval and role,
/// a set of attributes by its rule and score: ids of these are localIDs that every tool makes up in its own way.
struct ChildKey: Hashable {
    let tag: String
    let name: String
    /// Counts children that have all else in common.
    var occurrence = 0

    init(_ child: Element, in parent: String) {
        tag = child.name
        switch child.name {
        case "nvpair": name = Self.pairName(child, in: parent)
        case "op": name = Self.operationName(child)
        case Tags.member, "resource_ref", "obj_ref", "role", "role_ref": name = child.id ?? ""
        case "fencing-level": name = "\(child.fencingTarget) \(child["devices"] ?? "")"
        case "recipient": name = child["value"] ?? ""
        case "attribute": name = child["name"] ?? ""
        case "port-mapping": name = child["port"] ?? child["range"] ?? ""
        case "storage-mapping": name = child["target-dir"] ?? ""
        case _ where Tags.isAttributeSet(child.name): name = Self.setName(child)
        default: name = ""
        }
    }

    private static func pairName(_ pair: Element, in parent: String) -> String {
        let name = Schema.canonicalName(ofPair: pair["name"] ?? "", in: parent)
        return pair["id-ref"].map { "@\($0):\(name)" } ?? name
    }

    private static func operationName(_ op: Element) -> String {
        let interval = Scalar.duration.canonical(op["interval"] ?? "0")
        let role = Scalar.role.canonical(op["role"] ?? "Started")
        return "\(op["name"] ?? "") \(interval) \(role)"
    }

    private static func setName(_ set: Element) -> String {
        let rules = set.all("rule").map { $0.canonical().xml }.joined()
        let score = set["score"].map(Scalar.score.canonical) ?? ""
        return "\(set["id-ref"] ?? "") \(score) \(rules)"
    }

    /// The keys of an element's children, in their order, all different.
    static func keys(of element: Element) -> [ChildKey] {
        var seen: [ChildKey: Int] = [:]
        return element.children.map { child in
            var key = ChildKey(child, in: element.name)
            let count = seen[key, default: 0]
            seen[key] = count + 1
            key.occurrence = count
            return key
        }
    }
}

/// The children of an element by key.
struct ChildIndex {
    let keys: [ChildKey]
    private let children: [ChildKey: Element]

    init(_ element: Element?) {
        guard let element else {
            keys = []
            children = [:]
            return
        }
        keys = ChildKey.keys(of: element)
        children = Dictionary(zip(keys, element.children), uniquingKeysWith: { first, _ in first })
    }

    subscript(key: ChildKey) -> Element? { children[key] }
}
