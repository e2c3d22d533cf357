public import XML

extension Element {
    /// The form in which two elements that mean the same to Pacemaker are equal: one spelling for every value, defaults
    /// and made-up ids left out, what has no order sorted.
    public func canonical() -> Element { canonical(in: "") }

    private func canonical(in parent: String) -> Element {
        var element = withModernSpelling()
        element.attributes = element.canonicalAttributes(in: parent)
        element.children = element.children
            .map { $0.canonical(in: element.name) }
            .filter { !$0.isEmptyContainer }
        if name == "group" {
            let members = element.children.filter { $0.name == Tags.member }
            element.children.removeAll { $0.name == Tags.member }
            element.sortChildren()
            element.children += members
        } else if !element.hasOrderedChildren {
            element.sortChildren()
        }
        return element
    }

    /// Lists of attributes keep their order where it decides which value counts.
    private mutating func sortChildren() {
        let lists = children.filter { Tags.isAttributeSet($0.name) }
        let competing = lists.count > 1 ? Set(lists.map(\.name)).filter { all($0).compete } : []
        let keyed = children.enumerated().map { offset, child in
            (key: competing.contains(child.name) ? "\(child.name) " : child.sortKey, offset: offset, child: child)
        }
        children = keyed.sorted { ($0.key, $0.offset) < ($1.key, $1.offset) }.map(\.child)
    }

    private func canonicalAttributes(in parent: String) -> [Attribute] {
        if name == "nvpair" { return canonicalPair(in: parent) }
        return attributes.compactMap { attribute in
            if attribute.name == "id" { return idHasMeaning ? attribute : nil }
            let kind = Schema.kind(ofAttribute: attribute.name, in: name)
            let value = kind.canonical(attribute.value)
            if let usual = Schema.defaultValue(ofAttribute: attribute.name, in: self), kind.same(value, usual) {
                return nil
            }
            return Attribute(attribute.name, value)
        }.sorted { $0.name < $1.name }
    }

    private func canonicalPair(in set: String) -> [Attribute] {
        var pair = self
        pair.id = nil
        if let name = pair["name"] {
            pair["name"] = Schema.canonicalName(ofPair: name, in: set)
            pair["value"] = pair["value"].map(Schema.kind(ofPair: name, in: set).canonical)
        }
        return pair.attributes.sorted { $0.name < $1.name }
    }

    /// Ids of the rest are localIDs that every tool makes up in its own way.
    var idHasMeaning: Bool {
        switch name {
        case Tags.member, "resource_ref", "obj_ref", "tag", "alert", "acl_role", "acl_target", "acl_group", "acl_user",
            "role", "role_ref":
            true
        default: Tags.isResource(name) || Tags.isConstraint(name)
        }
    }

    private var isEmptyContainer: Bool {
        guard children.isEmpty, self["id-ref"] == nil else { return false }
        return name == "operations" || Tags.isAttributeSet(name) || Tags.isDefaults(name)
    }

    /// The order of the members of a group has a meaning, and so has that of resource sets, of what is in them, of rules, and
    /// of permissions: of those before 1.1.12 the first that matches holds.
    var hasOrderedChildren: Bool {
        switch name {
        case "group", "resource_set", "rule", "acl_role", "acl_user": true
        default: Tags.isConstraint(name)
        }
    }

    private var sortKey: String {
        "\(name) \(id ?? "") \(self["name"] ?? "") \(self["interval"] ?? "") \(self["role"] ?? "")"
            + (name == "nvpair" || children.isEmpty && (id ?? self["name"]) != nil ? "" : xml)
    }
}
