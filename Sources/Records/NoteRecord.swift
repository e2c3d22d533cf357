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
    /// When work on the commit began and ended; while it waits, when that was written down. ISO 8601, UTC.
    public var started: String
    public var finished: String
    /// The version of the CIB before and after, where it was read.
    public var cibBefore: String?
    public var cibAfter: String?
    public var changes: [ObjectChange] = []
    public var files: [ObjectChange] = []
    public var held: [String] = []
    /// DomUs that run on without what their files say until they are started anew; nil where there are none.
    public var pendingRestarts: [String]?
    /// What somebody had changed in files of this host, and is gone: the lines that differ. The whole text is among the backups.
    public var lost: [String]?
    /// What was done here, in its order.
    public var steps: [String]?
    /// The error, the reasons of a refusal, or what is waited for.
    public var error: String?
    /// Nil for a commit that has come to an end.
    public var waiting: Waiting?
    /// What crm_verify says of the result, though it takes it; nil where it says nothing.
    public var remarks: [String]?
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

    /// The commit has come to no end for a while.
    public struct Waiting: Codable, Hashable, Sendable {
        /// What kind of thing it waits for: `gate`, `able`, `stopped`, … as in the log.
        public var wait: String
        public var since: String
        /// When it is told as failed that it did not come in time; nil: without limit.
        public var until: String?

        public init(for wait: String, since: Date, until: Date?) {
            self.wait = wait
            self.since = since.formatted(.iso8601)
            self.until = until?.formatted(.iso8601)
        }
    }

    /// The word for a commit that has come to no end.
    public static let waitingResult = "waiting"

    public init(
        waiting: Waiting, cluster: String, node: String, commit: CommitID, started: Date, written: Date
    ) {
        self.init(result: .failed, cluster: cluster, node: node, commit: commit, started: started, finished: written)
        result = Self.waitingResult
        self.waiting = waiting
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
