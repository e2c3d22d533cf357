internal import CIB
internal import CRMSyntax
internal import ClusterModel
internal import Diagnostics
internal import LiveState
public import Planning
internal import Records
internal import Repository
public import Safety
internal import Steps
internal import XML

/// What `plan --output json` prints.
public struct PlanDocument: Codable, Hashable, Sendable {
    public var version = 1
    var commit: String?
    var base: String?
    var cib: String
    var isEmpty: Bool
    var summary: Summary
    var changes: [ObjectChange]
    var files: [File]
    /// DomUs that run on without what their files say until they are started anew.
    var pendingRestarts: [String]?
    var volumes: [Volume]?
    var steps: [StepDocument]
    var forecast: ForecastDocument?
    var held: [HeldObject]
    var unmanaged: [UnmanagedObject]
    var notices: [String]

    struct Summary: Codable, Hashable, Sendable { var create, change, delete, held, unmanaged: Int }
    struct ObjectChange: Codable, Hashable, Sendable {
        var action, kind, name: String
        var reason, `class`: String?
        var fields: [Field]
    }
    struct Field: Codable, Hashable, Sendable {
        var path: String
        var old, new: String?
        /// The class of drift that git has its way with.
        var `class`: String?
    }
    struct File: Codable, Hashable, Sendable {
        var action, format, path: String
        var difference: [String]
        var resources: [String]
        var commands: [String]
    }
    /// Sizes are bytes.
    struct Volume: Codable, Hashable, Sendable {
        var action, group, name: String
        var old, new: Int?
    }
    struct HeldObject: Codable, Hashable, Sendable {
        var name, holder, `class`: String
        var path, live, desired: String?
        /// For so long it has been so, and may be.
        var seconds, limit: Int?
    }
    struct UnmanagedObject: Codable, Hashable, Sendable {
        var kind, name: String
        var path: String?
    }

    public init(_ evidence: Evidence, previews: [String: [String]], holding ages: HoldTimes = HoldTimes()) {
        let plan = evidence.plan
        steps = plan.steps.map(StepDocument.init)
        forecast = evidence.forecast.map { ForecastDocument($0, touched: plan.touched) }
        self.commit = plan.commit?.hex
        base = plan.base?.hex
        cib = plan.live.version.description
        isEmpty = plan.isEmpty
        summary = Summary(
            create: plan.count(.create), change: plan.count(.change), delete: plan.count(.delete), held: plan.held.count,
            unmanaged: plan.unmanaged.count + plan.unmanagedFiles.count)
        changes = plan.changes.map { ObjectChange($0, in: plan) }
        files = plan.files.map { File($0, previews) }
        let restarts = evidence.pendingRestarts.map(\.domain.text)
        pendingRestarts = restarts.isEmpty ? nil : restarts
        volumes = plan.volumes.isEmpty ? nil : plan.volumes.map(Volume.init)
        held = plan.held.map {
            HeldObject(
                name: $0.object.name, holder: $0.holder?.rawValue ?? "", class: $0.driftClass.rawValue, path: $0.path?.description, live: $0.live,
                desired: $0.desired, seconds: ages.age(of: $0, at: evidence.live.time),
                limit: evidence.policy.drift.limit(of: $0.driftClass).map { Int($0.components.seconds) })
        }
        unmanaged =
            plan.unmanaged.map { UnmanagedObject(kind: $0.keyword, name: $0.object.name, path: $0.path?.description) }
            + plan.unmanagedFiles.map { UnmanagedObject(kind: "file", name: $0, path: nil) }
        notices = plan.notices.map(\.message) + evidence.remarks
    }

    public var json: String { JSON.text(self) }
}

extension PlanDocument.ObjectChange {
    init(_ change: Change, in plan: Plan) {
        self.init(
            action: change.action.rawValue, kind: change.keyword, name: change.id.name, reason: change.reason,
            class: plan.driftClass(of: change.id)?.rawValue,
            fields: change.fields.map {
                PlanDocument.Field(
                    path: $0.path.description, old: $0.old.map(Self.text), new: $0.new.map(Self.text),
                    class: plan.driftClass(of: change.id, $0.path)?.rawValue)
            })
    }

    private static func text(_ value: FieldChange.Value) -> String {
        switch value {
        case .text(let text): text
        case .members(let names): names.joined(separator: " ")
        case .element(let element): CRMPrinter().fragment(element) ?? CRMPrinter().summary(of: element)
        }
    }
}

extension PlanDocument.Volume {
    init(_ change: VolumeChange) {
        self.init(action: change.action.rawValue, group: change.path.group, name: change.path.name, old: change.old, new: change.new)
    }
}

extension PlanDocument.File {
    init(_ change: FileChange, _ previews: [String: [String]]) {
        self.init(
            action: change.action.rawValue, format: change.format.rawValue, path: change.path.text, difference: change.difference,
            resources: change.resources, commands: change.resources.flatMap { previews[$0] ?? [] })
    }
}
