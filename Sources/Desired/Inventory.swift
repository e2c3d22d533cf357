internal import CIB
internal import DRBDSyntax
internal import Diagnostics
internal import XML
internal import XenSyntax

/// What the rules look at: a commit's resources and files, indexed once by what they ask for.
struct Inventory {
    let declarations: Declarations
    let files: ReadFiles
    let ties: Ties
    /// Where the hosts keep DRBD's files.
    let drbdDirectory: String
    /// The cluster's options.
    private(set) var options: Declaration?
    /// `ocf:linbit:drbd` primitives.
    private(set) var replicas: [Replica] = []
    /// `ocf:heartbeat:Xen` primitives.
    private(set) var guests: [Guest] = []
    /// `ocf:heartbeat:Filesystem` primitives.
    private(set) var filesystems: [Declaration] = []
    /// Resources that .res files define.
    let resources: [ResourceDefinition]
    let domains: [DomainDefinition]
    private let common: ReplicationOptions?

    private(set) var replicaByResource: [String: Replica] = [:]
    let domainByFile: [Substring: DomainDefinition]
    let resourceByName: [String: ResourceDefinition]
    /// "udev-always-use-vnr", for all resources of a host.
    let alwaysNumbersVolumes: Bool
    private let resourceByMinor: [Int: String]

    init(_ declarations: Declarations, _ files: ReadFiles, _ policy: Policy) {
        drbdDirectory = policy.drbdDirectory
        self.declarations = declarations
        self.files = files
        ties = Ties(declarations.all)
        common = files.drbd.lazy.compactMap(\.content.common).first
        resources = files.drbd.flatMap(\.content.resources)
        domains = files.xen.map(\.content)
        domainByFile = Dictionary(domains.map { ($0.fileName, $0) }, uniquingKeysWith: { first, _ in first })
        resourceByName = Dictionary(resources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        resourceByMinor = Dictionary(
            resources.flatMap { definition in definition.minors.map { ($0, definition.name) } },
            uniquingKeysWith: { first, _ in first })
        alwaysNumbersVolumes = files.drbd.contains(where: \.content.alwaysNumbersVolumes)
        indexDeclarations()
    }

    func allowsTwoPrimaries(_ definition: ResourceDefinition) -> Bool {
        definition.options.allowsTwoPrimaries ?? common?.allowsTwoPrimaries ?? false
    }

    /// "dont-care: No fencing actions are taken. This is the default policy."
    func fencing(of definition: ResourceDefinition) -> String { definition.options.fencing ?? common?.fencing ?? "dont-care" }

    /// The DRBD resource behind a device of a host: `/dev/drbd/by-res/NAME`, `/dev/drbd/by-res/NAME/0`, `/dev/drbd7`.
    func resource(ofDevice path: String) -> String? {
        if path.hasPrefix(Self.byResource) { return String(path.dropFirst(Self.byResource.count).prefix { $0 != "/" }) }
        guard path.hasPrefix("/dev/drbd") else { return nil }
        return Int(path.dropFirst("/dev/drbd".count)).flatMap { resourceByMinor[$0] }
    }

    static let byResource = "/dev/drbd/by-res/"

    private mutating func indexDeclarations() {
        for declaration in declarations.all {
            switch declaration.object.id.kind {
            case .resource where declaration.object.element.name == "primitive": index(declaration)
            case .properties where options == nil: options = declaration
            default: break
            }
        }
        for index in replicas.indices {
            let name = ties.outermost(replicas[index].declaration.object.id.name)
            replicas[index].clone = declarations[ObjectID(.resource, name)]
            replicaByResource[replicas[index].resource] = replicas[index]
        }
    }

    private mutating func index(_ declaration: Declaration) {
        let element = declaration.object.element
        switch (element["provider"], element["type"]) {
        case ("linbit", "drbd"):
            guard let resource = element.parameter("drbd_resource") else { return }
            replicas.append(Replica(declaration: declaration, resource: resource))
        case ("heartbeat", "Xen"):
            guard let file = element.parameter("xmfile") else { return }
            guests.append(Guest(declaration: declaration, file: file))
        case ("heartbeat", "Filesystem"): filesystems.append(declaration)
        default: break
        }
    }
}

/// A primitive of `ocf:linbit:drbd`.
struct Replica {
    let declaration: Declaration
    /// What `drbd_resource` says.
    let resource: String
    /// What is outermost around it: its clone, if it has one.
    var clone: Declaration?

    /// How many nodes may be Primary.
    var promotedMax: Int {
        let element = clone?.object.element
        return (element?.meta("promoted-max") ?? element?.meta("master-max")).flatMap { Int($0) } ?? 1
    }

    var isDualPrimary: Bool { promotedMax > 1 }
}

/// A primitive of `ocf:heartbeat:Xen`.
struct Guest {
    let declaration: Declaration
    /// What `xmfile` says: a path on the hosts.
    let file: String

    var name: String { declaration.object.id.name }
    /// `xps-101.cfg`.
    var fileName: Substring { file.split(separator: "/").last ?? "" }
    var migrates: Bool { declaration.object.element.meta("allow-migrate").map { Scalar.boolean.same($0, "true") } ?? false }
}

extension Element {
    /// Whether a `node` is one that only Pacemaker knows.
    var isRemote: Bool { self["type"].map { $0 != "member" && $0 != "normal" } ?? false }

    var isPromotable: Bool { name == "master" || Scalar.boolean.same(meta("promotable") ?? "false", "true") }

    func parameter(_ name: String) -> String? { value(of: name, in: "instance_attributes") }

    func meta(_ name: String) -> String? { value(of: name, in: "meta_attributes") }

    /// The value of a pair in a set of options.
    func pair(_ name: String) -> String? { children.first { $0["name"] == name }?["value"] }

    private func value(of name: String, in set: String) -> String? {
        for candidate in children where candidate.name == set {
            if let value = candidate.pair(name) { return value }
        }
        return nil
    }
}
