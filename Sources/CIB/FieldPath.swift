internal import Diagnostics
internal import XML

/// The name of one field of an object, as people say it: `meta target-role`, `op monitor interval=10s timeout`.
public struct FieldPath: Hashable, Sendable, CustomStringConvertible {
    public let components: [String]

    public init(_ components: [String] = []) { self.components = components }

    public var description: String { components.joined(separator: " ") }

    public func appending(_ component: String) -> FieldPath {
        component.isEmpty ? self : FieldPath(components + [component])
    }

    /// The path of a child of the element at this path.
    func appending(_ child: Element, in parent: Element) -> FieldPath {
        appending(Self.component(child, in: parent))
    }

    private static func component(_ child: Element, in parent: Element) -> String {
        switch child.name {
        case "nvpair": child["name"] ?? child["id-ref"] ?? ""
        case "op": operation(child)
        case "operations", "cluster_property_set": ""
        case "instance_attributes": parent.name == "node" ? "attributes" : "params"
        case "meta_attributes": Tags.isDefaults(parent.name) ? "" : "meta"
        case Tags.member: "member"
        case "resource_set": "set"
        case "fencing-level": "\(child.fencingTarget) \(child["devices"] ?? "")"
        case "recipient": "to \((child["value"] ?? "").concealingSecrets)"
        case "obj_ref": child.id ?? ""
        case "role", "role_ref": "role \(child.id ?? "")"
        case "acl_permission": "permission"
        case "attribute": child["name"] ?? ""
        case "select_nodes", "select_fencing", "select_resources", "select_attributes": String(child.name.dropFirst(7))
        case "port-mapping": "port-mapping \(child["port"] ?? child["range"] ?? "")"
        case "storage-mapping": "storage-mapping \(child["target-dir"] ?? "")"
        default: child.name
        }
    }

    private static func operation(_ op: Element) -> String {
        var words = ["op", op["name"] ?? ""]
        if let interval = op["interval"], !Scalar.duration.same(interval, "0") { words.append("interval=\(interval)") }
        if let role = op["role"] { words.append("role=\(role)") }
        return words.joined(separator: " ")
    }
}
