/// Names of CIB elements, by what they are.
public enum Tags {
    /// Stands in a group or clone for the resource that it holds, so that every resource can be looked at by itself.
    public static let member = "resource-ref"

    /// Whether it stands for something else: a member of a group, a thing that a tag is on, a role that somebody has.
    static func isEntry(_ tag: String) -> Bool { [member, "obj_ref", "role", "role_ref"].contains(tag) }

    public static func isResource(_ tag: String) -> Bool {
        switch tag {
        case "primitive", "group", "clone", "master", "bundle", "template": true
        default: false
        }
    }

    public static func isConstraint(_ tag: String) -> Bool { tag.hasPrefix("rsc_") && !isDefaults(tag) }

    public static func isDefaults(_ tag: String) -> Bool { tag == "rsc_defaults" || tag == "op_defaults" }

    public static func isAccess(_ tag: String) -> Bool {
        switch tag {
        case "acl_role", "acl_target", "acl_group", "acl_user": true
        default: false
        }
    }

    /// Whether crmsh has a statement for elements of this name.
    public static func isStatement(_ tag: String) -> Bool {
        switch tag {
        case "node", "cluster_property_set", "tag", "alert", "fencing-topology": true
        default: isResource(tag) || isConstraint(tag) || isDefaults(tag) || isAccess(tag)
        }
    }

    /// The lists of attributes of resources, nodes and their like.
    public static let attributeLists = ["instance_attributes", "meta_attributes", "utilization"]

    public static func isAttributeSet(_ tag: String) -> Bool {
        switch tag {
        case "instance_attributes", "meta_attributes", "utilization", "cluster_property_set": true
        default: false
        }
    }
}
