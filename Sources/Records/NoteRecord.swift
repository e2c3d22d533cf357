public import ClusterModel
public import FoundationEssentials

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
    /// What was done here, in its order.
    public var steps: [String]?
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
        result: CommitResult, cluster: String, node: String, commit: CommitID, started: Date, finished: Date
    ) {
        self.result = result.word
        self.cluster = cluster
        self.node = node
        self.commit = commit.hex
        self.started = started.formatted(.iso8601)
        self.finished = finished.formatted(.iso8601)
    }

    public var didNothing: Bool { changes.isEmpty && files.isEmpty }
}
