internal import CIB
internal import DRBDSyntax
internal import Diagnostics
internal import Repository
internal import XML
internal import XenSyntax

/// What the rules look at: a commit's resources and files, indexed once by what they ask for.
struct DeclaredCluster {
    let declarations: Declarations
    /// Those that are judged.
    private(set) var subjects: [Declaration]
    /// Whether these are all.
    private(set) var isWhole = true
    let files: ReadFiles
    let policy: Policy
    let graph: ConstraintGraph
    let inherited: ResourceTree
    /// `ocf:linbit:drbd` primitives.
    private(set) var drbdPrimitives: [DRBDPrimitive] = []
    /// `ocf:heartbeat:Xen` primitives.
    private(set) var xenPrimitives: [XenPrimitive] = []
    /// `ocf:heartbeat:Filesystem` primitives.
    private(set) var filesystems: [Filesystem] = []
    /// Resources that .res files define.
    let resources: [ResourceDefinition]
    let domains: [DomainDefinition]
    let devices: Devices
    let volumes: DeclaredVolumes
    /// What all DRBD resources have in common.
    let common: ReplicationOptions?

    private(set) var drbdByResource: [String: DRBDPrimitive] = [:]
    let domainByFile: [Substring: DomainDefinition]
    let resourceByName: [String: ResourceDefinition]

    init(_ state: DesiredState) {
        declarations = state.declared
        subjects = state.declarations
        files = state.read
        policy = state.policy
        inherited = state.resourceTree
        graph = ConstraintGraph(declarations, inherited)
        common = files.drbd.lazy.compactMap(\.content.common).first
        resources = files.drbd.flatMap(\.content.resources)
        domains = files.xen.map(\.content)
        domainByFile = Dictionary(domains.map { ($0.fileName, $0) }, uniquingKeysWith: { first, _ in first })
        resourceByName = Dictionary(resources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        devices = Devices(files.drbd.map(\.content), resourceByName)
        volumes = DeclaredVolumes(files.volumes.flatMap(\.content.groups))
        for declaration in declarations.all(of: .resource) where declaration.object.element.name == "primitive" { index(declaration) }
        drbdByResource = Dictionary(drbdPrimitives.map { ($0.resource, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The same, where only some objects are to be judged.
    func judging(_ changed: Set<ObjectID>) -> DeclaredCluster {
        var part = self
        part.subjects = subjects.filter { changed.contains($0.object.id) }
        part.isWhole = false
        return part
    }

    func allowsTwoPrimaries(_ definition: ResourceDefinition) -> Bool { replication(of: definition).contains { $0.allowsTwoPrimaries == true } }

    /// What holds for each of the connections that it describes by themselves; where it describes none, for all.
    func replication(of definition: ResourceDefinition) -> [ReplicationOptions] {
        let shared = definition.options.completed(with: common)
        return definition.connections.isEmpty ? [shared] : definition.connections.map { $0.completed(with: shared) }
    }

    /// What is outermost around a resource, or the resource itself; nil if no file declares it.
    func outermost(_ name: String) -> Declaration? { declarations[ObjectID(.resource, graph.outermost(name))] }

    /// The DRBD resources that hold a domU's disks: those that its file names. Without a file here the convention
    /// holds that a resource has its domU's name.
    private func storage(ofFile name: Substring) -> Set<String> {
        guard let definition = domainByFile[name] else { return [String(name.hasSuffix(".cfg") ? name.dropLast(4) : name)] }
        return Set(definition.domain.disks.compactMap { $0.hostPath.flatMap(devices.resource) })
    }

    private mutating func index(_ declaration: Declaration) {
        switch inherited.agent(of: declaration.object) {
        case .drbd:
            let clone = outermost(declaration.object.id.name) ?? declaration
            if let drbd = DRBDPrimitive(declaration, outermost: clone, inherited) { drbdPrimitives.append(drbd) }
        case .xen:
            if let domU = XenPrimitive(declaration, inherited, storage: storage(ofFile:)) { xenPrimitives.append(domU) }
        case .filesystem: filesystems.append(Filesystem(declaration, inherited))
        default: break
        }
    }
}

extension DeclaredCluster {
    /// A cluster option and the set that it stands in. "cib-bootstrap-options" is read before all other sets.
    func option(_ name: String) -> (value: String, place: Place?)? {
        let sets = Array(declarations.all(of: .properties))
        let first = sets.filter { $0.object.id.name == "cib-bootstrap-options" }
        for set in first + sets {
            let pair = set.object.element.children.first { Schema.canonicalName(ofPair: $0["name"] ?? "", in: "cluster_property_set") == name }
            if let pair, let value = pair["value"] { return (value, set.place(of: pair["name"])) }
        }
        return nil
    }
}

extension Element {
    /// What the element itself says.
    func meta(_ name: String) -> String? { value(of: name, in: "meta_attributes") }

    func value(of name: String, in list: String) -> String? {
        for set in children where set.name == list {
            if let value = set.children.first(where: { $0["name"] == name })?["value"] { return value }
        }
        return nil
    }
}
