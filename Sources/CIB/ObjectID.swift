public import XML

/// The name of an object of the configuration: the unit in which changes are planned and shown.
public struct ObjectID: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case node
        case resource
        case constraint
        /// A set of cluster options.
        case properties = "property"
        case resourceDefaults = "rsc_defaults"
        case operationDefaults = "op_defaults"
        /// All levels of fencing: there is one topology.
        case fencing = "fencing_topology"
        case tag
        case alert
        case role
        case aclTarget = "acl_target"
        case aclGroup = "acl_group"
        /// Of Pacemaker before 1.1.12.
        case aclUser = "user"
    }

    public let kind: Kind
    /// The uname of a node, the XML id of all else.
    public let name: String

    public init(_ kind: Kind, _ name: String) {
        self.kind = kind
        self.name = name
    }

    /// The object that an element of the configuration is; nil for elements that are no objects.
    public init?(_ element: Element) {
        switch element.name {
        case "node": self.init(.node, element["uname"] ?? "")
        case "cluster_property_set": self.init(.properties, element.setName ?? "cib-bootstrap-options")
        case "fencing-topology": self.init(.fencing, "fencing_topology")
        case "tag": self.init(.tag, element.id ?? "")
        case "alert": self.init(.alert, element.id ?? "")
        case "acl_role": self.init(.role, element.id ?? "")
        case "acl_target": self.init(.aclTarget, element.id ?? "")
        case "acl_group": self.init(.aclGroup, element.id ?? "")
        case "acl_user": self.init(.aclUser, element.id ?? "")
        case let tag where Tags.isResource(tag): self.init(.resource, element.id ?? "")
        case let tag where Tags.isConstraint(tag): self.init(.constraint, element.id ?? "")
        default: return nil
        }
    }
}

/// An object with its content. Resources inside it are stood for by elements named `Tags.member`.
public struct CIBObject: Hashable, Sendable {
    public let id: ObjectID
    public var element: Element

    public init(id: ObjectID, element: Element) {
        self.id = id
        self.element = element
    }

    /// An element with the resources inside it, each an object of its own.
    public static func objects(of element: Element) -> [CIBObject] {
        var objects: [CIBObject] = []
        CIB.collect(element, in: "", into: &objects)
        return objects
    }

    /// The ids of the resources in a group, clone or bundle.
    public var members: [String] { element.all(Tags.member).compactMap(\.id) }

    /// What else must be there: the template of a primitive.
    public var requirements: [String] { id.kind == .resource ? element["template"].map { [$0] } ?? [] : [] }

    /// The ids that a tag stands on: resources mostly, but it may be anything.
    public var tagged: [String] { id.kind == .tag ? element.children.compactMap(\.id) : [] }

    /// The resource whose container it runs in: `meta container=…`.
    public var container: String? {
        guard id.kind == .resource else { return nil }
        for list in element.children where list.name == "meta_attributes" {
            if let pair = list.children.first(where: { $0["name"] == "container" }) { return pair["value"] }
        }
        return nil
    }

    /// The roles that a user or a group of users has.
    public var roles: [String] {
        switch id.kind {
        case .aclTarget, .aclGroup, .aclUser: element.children.lazy.filter { $0.name == "role" || $0.name == "role_ref" }.compactMap(\.id)
        default: []
        }
    }

    /// The ids of what a role, or a user of the former kind, has rights to.
    public var permitted: [String] {
        switch id.kind {
        case .role, .aclUser: element.children.compactMap { $0["reference"] ?? $0["ref"] }
        default: []
        }
    }

    /// The resources that a constraint is about.
    public var references: [String] {
        guard id.kind == .constraint else { return [] }
        let own = element.attributes.compactMap { Self.refers($0.name) ? $0.value : nil }
        guard !element.children.isEmpty else { return own }
        let inSets = element.all("resource_set").flatMap { $0.all("resource_ref").compactMap(\.id) }
        return own + inSets
    }

    /// Whether it is about another object, or can't do without it.
    public func refers(to name: String) -> Bool {
        members.contains(name) || requirements.contains(name) || tagged.contains(name) || references.contains(name) || roles.contains(name)
            || permitted.contains(name) || container == name
    }

    private static func refers(_ attribute: String) -> Bool {
        switch attribute {
        case "rsc", "with-rsc", "first", "then": true
        default: false
        }
    }
}

extension ObjectID.Kind {
    /// Sets of options, which several statements may fill and several parties may share.
    public var isSet: Bool { self == .properties || self == .resourceDefaults || self == .operationDefaults }
}

extension Element {
    /// The name of a set of options: its id, or `@` and the id of the set that it stands for (`id-ref`).
    public var setName: String? { id ?? self["id-ref"].map { "@\($0)" } }
}
