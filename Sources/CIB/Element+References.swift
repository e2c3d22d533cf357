public import XML

// Ids that elements have, and ids of others that they name (ID and IDREF in Pacemaker's schemas).
extension Element {
    /// Whether its `id` is that of something else.
    public var isReference: Bool {
        switch name {
        case "obj_ref", "resource_ref", "role", "role_ref", Tags.member: true
        default: false
        }
    }

    /// The ids of what is here: its own, and those of all that is in it.
    public var ownIDs: [String] {
        var ids: [String] = []
        walk { if let id = $0.id, !$0.isReference { ids.append(id) } }
        return ids
    }

    /// The ids of others that must be in the CIB too.
    public var requiredIDs: [String] {
        var ids: [String] = []
        walk { $0.appendReferences(to: &ids) }
        return ids
    }

    private func appendReferences(to ids: inout [String]) {
        for attribute in attributes {
            switch attribute.name {
            case "id": if isReference { ids.append(attribute.value) }
            case "id-ref": ids.append(attribute.value)
            case "rsc", "with-rsc", "first", "then": if Tags.isConstraint(name) { ids.append(attribute.value) }
            case "template": if name == "primitive" { ids.append(attribute.value) }
            case "reference": if name == "acl_permission" { ids.append(attribute.value) }
            case "ref": if ["read", "write", "deny"].contains(name) { ids.append(attribute.value) }
            default: break
            }
        }
    }
}
