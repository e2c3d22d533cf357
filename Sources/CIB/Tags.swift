/// Names of CIB elements, by what they are.
public enum Tags {
    /// Stands in a group or clone for the resource that it holds, so that every resource can be looked at by itself.
    public static let member = "resource-ref"

    public static func isResource(_ tag: String) -> Bool {
        switch tag {
        case "primitive", "group", "clone", "master", "bundle", "template": true
        default: false
        }
    }

    public static func isConstraint(_ tag: String) -> Bool { tag.hasPrefix("rsc_") && !isDefaults(tag) }

    public static func isDefaults(_ tag: String) -> Bool { tag == "rsc_defaults" || tag == "op_defaults" }

    public static func isAttributeSet(_ tag: String) -> Bool {
        switch tag {
        case "instance_attributes", "meta_attributes", "utilization", "cluster_property_set": true
        default: false
        }
    }
}
