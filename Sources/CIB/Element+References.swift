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
        for attribute in attributes where isReferring(attribute.name) { ids.append(attribute.value) }
    }

    /// The length of a name tells most of them apart: a CIB has a hundred thousand.
    private func isReferring(_ attribute: String) -> Bool {
        switch attribute.utf8.count {
        case 2: attribute == "id" && isReference
        case 3: attribute == "rsc" && Tags.isConstraint(name) || attribute == "ref" && ["read", "write", "deny"].contains(name)
        case 4: attribute == "then" && Tags.isConstraint(name)
        case 5: attribute == "first" && Tags.isConstraint(name)
        case 6: attribute == "id-ref"
        case 8: attribute == "template" && name == "primitive" || attribute == "with-rsc" && Tags.isConstraint(name)
        case 9: attribute == "reference" && name == "acl_permission"
        default: false
        }
    }
}
