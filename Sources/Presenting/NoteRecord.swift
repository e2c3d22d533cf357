internal import CIB
public import ClusterModel
public import FoundationEssentials
public import Planning
public import Reconciling
internal import Repository

/// What is written down about a commit on one node: for people above, for programs below.
public struct NoteRecord: Codable, Hashable, Sendable {
    public static let currentVersion = 1

    public var version = Self.currentVersion
    public var result: String
    public var cluster: String
    public var node: String
    public var commit: String
    /// When work on the commit began and ended: ISO 8601, UTC.
    public var started: String
    public var finished: String
    /// The version of the CIB before and after, where it was read.
    public var cibBefore: String?
    public var cibAfter: String?
    public var changes: [ObjectChange] = []
    public var files: [ObjectChange] = []
    public var held: [String] = []
    /// The error, or the reasons of a refusal.
    public var error: String?
    /// What was carried out, as crmsh reads it.
    public var script: String?

    public struct ObjectChange: Codable, Hashable, Sendable {
        public var action: String
        public var kind: String
        public var name: String

        public init(action: String, kind: String, name: String) {
            self.action = action
            self.kind = kind
            self.name = name
        }
    }

    public init(
        result: Reconciler.Result, cluster: String, node: String, commit: CommitID, started: Date, finished: Date
    ) {
        self.result = result.word
        self.cluster = cluster
        self.node = node
        self.commit = commit.hex
        self.started = started.formatted(.iso8601)
        self.finished = finished.formatted(.iso8601)
    }

    /// Writes down what stays as it is although git says otherwise.
    public mutating func hold(_ plan: Plan) {
        held = plan.held.map { "\($0.object.name): \($0.description) (\($0.holder.rawValue))" }
    }

    /// Writes down the transaction of a plan.
    public mutating func carriedOut(_ plan: Plan) {
        changes = plan.changes.map { ObjectChange(action: $0.action.rawValue, kind: $0.keyword, name: $0.id.name) }
        script = plan.changes.isEmpty ? nil : try? plan.script(hidingSecrets: true)
    }

    /// Writes down the files that this node has written or removed.
    public mutating func wrote(_ changes: [FileChange]) {
        files = changes.map { ObjectChange(action: $0.action.rawValue, kind: $0.format.rawValue, name: $0.path) }
    }

    public var didNothing: Bool { changes.isEmpty && files.isEmpty }
}
