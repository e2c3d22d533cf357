public import Diagnostics
public import XML

/// A cluster information base: its version, and the objects of its configuration.
public struct CIB: Sendable {
    /// Held once, however often the CIB is handed on.
    private final class Content: Sendable {
        let root: Element
        let status: StatusSection?
        let version: Version
        let features: FeatureSet?
        let objects: [CIBObject]
        let index: [ObjectID: Int]
        let tree: Once<ResourceTree>
        let drbdResources: Once<Set<String>>

        init(
            _ root: Element, _ status: StatusSection?, _ objects: [CIBObject], _ index: [ObjectID: Int], _ tree: Once<ResourceTree>,
            _ drbdResources: Once<Set<String>>
        ) {
            (self.root, self.status, self.objects, self.index, self.tree) = (root, status, objects, index, tree)
            self.drbdResources = drbdResources
            version = Version(root)
            features = root["crm_feature_set"].flatMap { FeatureSet($0) }
        }
    }

    private let content: Content

    /// The `<cib>` element without the status.
    public var root: Element { _read { yield content.root } }
    /// What runs where, as far as it was asked for.
    public var status: StatusSection? { _read { yield content.status } }
    public var version: Version { content.version }
    /// What the cluster understands.
    public var features: FeatureSet? { content.features }
    /// Every object, those inside groups and clones too, in document order.
    public var objects: [CIBObject] { _read { yield content.objects } }

    public init(_ root: Element, status: StatusSection? = nil) {
        let objects = Self.objects(in: root.first("configuration"))
        var index = [ObjectID: Int](minimumCapacity: objects.count)
        for position in objects.indices.reversed() { index[objects[position].id] = position }  // the first one stays
        content = Content(root, status, objects, index, Once(), Once())
    }

    /// The same configuration in another `<cib>`.
    init(like other: CIB, attributes: [Element.Attribute], status: StatusSection?) {
        let former = other.content
        content = Content(
            Element("cib", attributes, children: former.root.children), status, former.objects, former.index, former.tree, former.drbdResources)
    }

    /// Reads CIB XML, as in cib.xml or from `cibadmin --query`.
    /// - Parameter keepingStatus: whether the text of its status section is kept; it is as large as the rest.
    public init(parsing source: SourceText, keepingStatus: Bool = false) throws(Finding) {
        let status = keepingStatus ? StatusSection(of: source) : nil
        self.init(try Self.root(of: consume source), status: status)  // the text is large, and has served its purpose
    }

    private static func root(of source: SourceText) throws(Finding) -> Element {
        let root = try Element(parsing: source, leavingOut: ["status"])
        guard root.name == "cib", root.first("configuration") != nil else {
            throw Finding.error(
                "this is not a CIB: its outermost element is <\(root.name)>", at: source.place(at: 0),
                expected: "<cib …><configuration>…</configuration></cib>, as cibadmin --query prints it")
        }
        return root
    }

    public subscript(id: ObjectID) -> CIBObject? { content.index[id].map { content.objects[$0] } }

    /// Its resources as they belong together.
    public var resourceTree: ResourceTree { content.tree.value { ResourceTree(objects) } }

    /// The DRBD resources that primitives stand for.
    public var drbdResources: Set<String> { content.drbdResources.value { resourceTree.drbdResources } }

    /// "crm_feature_set": a CIB without it takes no version 2 patches.
    public var featureSet: String? { root["crm_feature_set"] }
    public var schema: String { root["validate-with"] ?? "" }
    /// Nil where no cluster runs: in a file that was never part of one.
    public var hasQuorum: Bool? { root["have-quorum"].map { $0 == "1" || $0 == "true" } }
    public var configuration: Element { root.first("configuration") ?? Element("configuration") }

    /// The document as Pacemaker's tools want it, with a status that is empty.
    public var xml: String {
        var document = root
        document.children.append(Element("status"))
        return document.xml
    }

    /// The value of a cluster option, from the first set that has it.
    public func property(_ name: String, in set: String? = nil) -> String? {
        for object in objects where object.id.kind == .properties && (set == nil || object.id.name == set) {
            if let pair = object.element.children.first(where: { $0["name"] == name }) { return pair["value"] }
        }
        return nil
    }

    /// Those of the ids that occur in the configuration.
    public func usedIDs(among ids: Set<String>) -> Set<String> {
        guard !ids.isEmpty else { return [] }
        let lengths = ids.reduce(into: UInt64(0)) { $0 |= $1.lengthBit }
        var used: Set<String> = []
        configuration.walk { if let id = $0.id, lengths & id.lengthBit != 0, ids.contains(id) { used.insert(id) } }
        return used
    }

    private static func objects(in configuration: Element?) -> [CIBObject] {
        var found: [CIBObject] = []
        for section in configuration?.children ?? [] {
            if section.name == "fencing-topology" {
                if let id = ObjectID(section), !section.children.isEmpty { found.append(CIBObject(id: id, element: section)) }
                continue
            }
            for child in section.children { collect(child, in: section.name, into: &found) }
        }
        return found
    }

    static func collect(_ element: Element, in section: String, into found: inout [CIBObject]) {
        guard let id = id(of: element, in: section) else { return }
        guard element.children.contains(where: { Tags.isResource($0.name) }) else {
            found.append(CIBObject(id: id, element: element))
            return
        }
        var flat = element
        for index in flat.children.indices where Tags.isResource(flat.children[index].name) {
            flat.children[index] = Element(Tags.member, ["id": flat.children[index].id ?? ""])
        }
        found.append(CIBObject(id: id, element: flat))
        for child in element.children where Tags.isResource(child.name) {
            collect(child, in: section, into: &found)
        }
    }

    static func id(of element: Element, in section: String) -> ObjectID? {
        switch section {
        case "rsc_defaults": ObjectID(.resourceDefaults, element.setName ?? "")
        case "op_defaults": ObjectID(.operationDefaults, element.setName ?? "")
        default: ObjectID(element)
        }
    }
}

extension String {
    /// Tells most of a hundred thousand ids apart, at less than a hash costs.
    fileprivate var lengthBit: UInt64 { 1 << UInt64(utf8.count & 63) }
}

extension ObjectID {
    /// The section of the configuration that holds objects of this kind.
    public var section: String {
        switch kind {
        case .node: "nodes"
        case .resource: "resources"
        case .constraint: "constraints"
        case .properties: "crm_config"
        case .resourceDefaults: "rsc_defaults"
        case .operationDefaults: "op_defaults"
        case .fencing: "fencing-topology"
        case .tag: "tags"
        case .alert: "alerts"
        case .role, .aclTarget, .aclGroup, .aclUser: "acls"
        }
    }
}
