public import CIB
internal import CRMSyntax
public import ClusterModel
public import Diagnostics
public import LiveState
public import Planning
internal import Records
public import Repository
internal import Validation
public import XML

extension CommitID {
    /// A name of 40 times the digit.
    public static func made(of digit: Character) -> CommitID {
        CommitID(String(repeating: digit, count: 40)) ?? made(of: "0")
    }

    public static let base = made(of: "b")
    public static let desired = made(of: "d")
}

extension DesiredState {
    /// A repository of one crm file, and whatever else.
    public init(crm: String, files: [String: String] = [:]) {
        let all = files.merging(["crm/cluster.crm": crm]) { given, _ in given }
        self.init(all.map { ($0.key, SourceText(path: $0.key, text: $0.value)) })
    }

    /// What keeps it from being planned.
    public var errors: [Finding] { Validation.findings(in: self, depth: .plan).filter { $0.severity == .error } }
}

extension CIB {
    /// As `cibadmin --empty` makes it for Pacemaker 2.1.5.
    public static let empty = CIB(
        Element(
            "cib",
            [
                "crm_feature_set": "3.16.1", "validate-with": "pacemaker-3.9", "epoch": "1", "num_updates": "0",
                "admin_epoch": "0",
            ],
            children: [
                Element(
                    "configuration", [],
                    children: ["crm_config", "nodes", "resources", "constraints"].map { Element($0) })
            ]))

    /// A cluster that has been configured with this text, through crmsh as it were.
    public init(crm: String, applied: CommitID? = nil) {
        var edits = Edits()
        var identifiers = CRMIdentifiers()
        for declaration in DesiredState(crm: crm).declarations {
            var object = declaration.object
            if object.id.kind.isSet, object.element.id == nil, object.element["id-ref"] == nil { object.element.id = object.id.name }
            identifiers.fill(&object.element)
            edits.add(object)
        }
        if let applied { edits.add(Self.record(of: applied)) }
        self = CIB.empty.applying(edits)
    }

    private static func record(of commit: CommitID) -> CIBObject {
        let pair = Element("nvpair", ["id": "coxswain-applied", "name": "applied", "value": commit.hex])
        return CIBObject(
            id: ClusterRecord.set, element: Element("cluster_property_set", ["id": "coxswain"], children: [pair]))
    }

    /// The resource of this name.
    public func resource(_ name: String) -> Element? { self[ObjectID(.resource, name)]?.element }

    public func constraint(_ name: String) -> Element? { self[ObjectID(.constraint, name)]?.element }
}

/// What a plan is made from.
public struct Scene: Sendable {
    public var base: DesiredState?
    public var desired: DesiredState
    public var live: CIB
    public var files = LiveFiles()
    public var volumes: Known<LiveVolumes>?
    public var domains: Known<[String: LiveDomain]>?
    public var metadata: [String: Known<DRBDMetadata>]?
    public var intent = CommitIntent()
    public var node: NodeName?

    public init(base: DesiredState?, desired: DesiredState, live: CIB, files: LiveFiles = LiveFiles()) {
        self.base = base
        self.desired = desired
        self.live = live
        self.files = files
    }

    /// All three in crmsh's words. Without words of its own the live cluster is what the base made of it.
    public init(base: String?, desired: String, live: String? = nil) {
        self.init(
            base: base.map { DesiredState(crm: $0) }, desired: DesiredState(crm: desired),
            live: CIB(crm: live ?? base ?? "", applied: base == nil ? nil : .base))
    }

    public func plan() throws(Findings) -> Plan {
        let base = (ClusterRecord(in: live).applied, self.base)
        var planner = Planner(
            commit: .desired, base: base, desired: desired, live: live, files: files,
            hostBases: [self.base].compactMap(\.self), metadata: metadata, volumes: volumes, domains: domains, intent: intent, node: node)
        return try planner.plan()
    }

    /// The scene after the plan has been carried out.
    public func carryingOut(_ plan: Plan) -> Scene {
        var scene = self
        (scene.base, scene.live) = (desired, plan.wanted)
        return scene
    }
}
