public import XML

extension Element {
    /// `@id:name` where the live object itself has the pair of that id: the value is whatever the cluster has. So a
    /// repository declares a password without holding it.
    func keepingValues(of live: Element) -> Element {
        guard hasPairReference else { return self }
        var pairs: [String: Element] = [:]
        live.walk { if $0.name == "nvpair", $0["id-ref"] == nil, let id = $0.id { pairs[id] = $0 } }
        return replacing(pairs)
    }

    /// The element with every secret replaced by a reference to itself, and the names of these.
    public func withoutSecrets() -> (element: Element, secrets: [String]) {
        if name == "nvpair", let pairName = self["name"], Self.isSecret(pairName), self["value"] != nil, let id {
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

    /// The element with every secret replaced by asterisks, for people to see.
    public func maskingSecrets() -> Element {
        var element = self
        if name == "nvpair", self["value"] != nil, self["name"].map(Self.isSecret) == true { element["value"] = "******" }
        element.children = children.map { $0.maskingSecrets() }
        return element
    }

    /// crmsh hides `passw*`; fence agents have names such as `snmp_priv_passwd` and `plug_secret` besides.
    private static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return !name.hasSuffix("_script") && ["passw", "secret"].contains { word in name.split(separator: "_").contains { $0.hasPrefix(word) } }
    }

    private var hasPairReference: Bool {
        name == "nvpair" ? self["id-ref"] != nil : children.contains(where: \.hasPairReference)
    }

    private func replacing(_ pairs: [String: Element]) -> Element {
        if name == "nvpair" {
            guard let reference = self["id-ref"], let pair = pairs[reference] else { return self }
            return self["name"] == nil || self["name"] == pair["name"] ? pair : self
        }
        var element = self
        element.children = children.map { $0.replacing(pairs) }
        return element
    }
}
