public import XML

extension CRMPrinter {
    /// A part of an object on one line: a rule, an operation, a list, a resource set. Nil for anything else.
    public func fragment(_ element: Element) -> String? {
        let reduced = CRMForm(showsID: { _ in false }).reduced(element)
        switch element.name {
        case "rule": return rule(reduced)
        case "op": return operation(reduced).joined(separator: " ")
        case "instance_attributes": return list("params", reduced)
        case "meta_attributes": return list("meta", reduced)
        case "utilization": return list("utilization", reduced)
        case "resource_set":
            let qualifier: Qualifier = reduced["action"] == nil ? .role : .action
            return set(reduced, qualifier).joined(separator: " ")
        default: return nil
        }
    }
}

extension CRMKeyword {
    /// The word for elements of this tag: `location` for `rsc_location`; the tag itself where crmsh has none.
    public static func word(forTag tag: String) -> String {
        switch tag {
        case "master": "ms"
        case "cluster_property_set": "property"
        case "template": "rsc_template"
        case "fencing-topology": "fencing_topology"
        case "acl_role": "role"
        case "acl_user": "user"
        case "rsc_location", "rsc_colocation", "rsc_order": String(tag.dropFirst(4))
        default: tag
        }
    }
}
