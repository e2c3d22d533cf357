internal import Diagnostics
public import XML

extension Element {
    /// `@id:name` where the live object itself has the pair of that id: the value is whatever the cluster has. So a
    /// repository declares a password without holding it.
    ///
    /// Such a reference stands where the pair stands. One that leads to a pair elsewhere in the object is one in the CIB too.
    public func keepingValues(of live: Element) -> Element {
        guard hasPairReference else { return self }
        var kept = PreservedValues(live)
        walk { if $0.name == "nvpair", $0["id-ref"] == nil, let id = $0.id { kept.forget(id) } }
        return replacing(live, &kept)
    }

    /// The element with every secret replaced by a reference to itself, and the names of these.
    public func withoutSecrets() -> (element: Element, secrets: [String]) {
        if holdsSecret, let pairName = self["name"], let id {
            return (Element("nvpair", ["id-ref": id, "name": pairName]), [pairName])
        }
        var element = self
        var secrets: [String] = []
        for index in children.indices {
            let (child, found) = children[index].withoutSecrets()
            if found.isEmpty { continue }
            element.children[index] = child
            secrets += found
        }
        return (element, secrets)
    }

    /// The names of the pairs whose value is a secret, and is here.
    public var secretNames: [String] {
        var names: [String] = []
        walk { element in
            if element.holdsSecret, let name = element["name"] { names.append(name) }
        }
        return names
    }

    /// Its attributes, and those of what is in it, that have a password in the midst: the address of an alert's recipient, the options of a
    /// bundle's container. No reference can stand for one.
    public var embeddedSecrets: [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        walk { element in
            found += element.secretAttributes.compactMap { name in element[name].map { (name, $0) } }
        }
        return found
    }

    private var secretAttributes: [String] {
        guard ["alert", "recipient", "docker", "podman", "rkt"].contains(name) else { return [] }
        return attributes.filter { $0.value.holdsSecrets }.map(\.name)
    }

    /// The element with every secret replaced by asterisks, for people to see.
    public func maskingSecrets() -> Element {
        var element = self
        if name == "nvpair", let value = self["value"] {
            element["value"] = isSecretByName ? "******" : value.concealingSecrets
        }
        for attribute in secretAttributes { element[attribute] = element[attribute]?.concealingSecrets }
        element.children = children.map { $0.maskingSecrets() }
        return element
    }

    /// A password, or an address or options with one in it.
    public var holdsSecret: Bool { isSecretByName || name == "nvpair" && self["value"].map(\.holdsSecrets) == true }

    /// A value of `lrm://` says that the secret is in a file of the node (`crm resource secret`).
    private var isSecretByName: Bool {
        guard name == "nvpair", let value = self["value"], value != "lrm://" else { return false }
        return self["name"].map(Self.isSecret) == true
    }

    /// crmsh hides `passw*`; fence agents have names such as `snmp_priv_passwd` and `plug_secret` besides.
    private static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        let words = name.split(separator: "_")
        // What tells where the password is, or how it is handed over: `passwd_script`, `passwd_method`.
        if let last = words.last, words.count > 1, ["script", "method", "file", "path"].contains(last) { return false }
        return name.announcesSecret || words.contains { $0.hasPrefix("passw") || $0.hasPrefix("secret") }
    }

    /// Whether a pair in it stands for the pair of that id.
    public func refers(toPair id: String) -> Bool {
        name == "nvpair" ? self["id-ref"] == id : children.contains { $0.refers(toPair: id) }
    }

    private var hasPairReference: Bool {
        name == "nvpair" ? self["id-ref"] != nil : children.contains(where: \.hasPairReference)
    }

    private func replacing(_ live: Element?, _ kept: inout PreservedValues) -> Element {
        let present = ChildIndex(live)
        let keys = ChildKey.keys(of: self)
        var element = self
        for index in children.indices {
            let child = children[index]
            if child.name == "nvpair" {
                element.children[index] = kept.pair(for: child, in: live) ?? child
            } else if child.hasPairReference {
                element.children[index] = child.replacing(present[keys[index]], &kept)
            }
        }
        return element
    }
}

/// The pairs of a live object that references in a repository may stand for, each for one.
private struct PreservedValues {
    private var pairs: [String: Element] = [:]
    /// Ids that the live object refers to itself.
    private var referenced: Set<String> = []

    init(_ live: Element) {
        live.walk { element in
            guard element.name == "nvpair" else { return }
            if let id = element["id-ref"] { referenced.insert(id) } else if let id = element.id { pairs[id] = element }
        }
    }

    /// The repository has this pair, with its value.
    mutating func forget(_ id: String) { pairs[id] = nil }

    mutating func pair(for reference: Element, in set: Element?) -> Element? {
        guard let id = reference["id-ref"], let pair = pairs[id] else { return nil }
        let isAmbiguous = referenced.contains(id)
        guard reference["name"] == nil && !isAmbiguous || reference["name"] == pair["name"] else { return nil }
        guard !isAmbiguous || set?.children.contains(pair) == true else { return nil }
        pairs[id] = nil
        return pair
    }
}
