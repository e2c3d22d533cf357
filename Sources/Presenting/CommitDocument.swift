public import ClusterModel
internal import Records

/// What `adopt` and `rollback` print with `--output json`: the commit that they make. What there is not has no key.
public struct CommitDocument: Codable, Hashable, Sendable {
    public var version = 1
    /// Nil where there was nothing to do.
    public private(set) var commit: String?
    public private(set) var subject: String?
    /// On which branch it is, or would be.
    public var branch: String?
    public var isPushed: Bool
    /// What `adopt` changes in the files, as a text diff without secrets.
    var files: [File]?
    /// What the commit would do to the cluster as it is.
    public private(set) var plan: PlanDocument?

    struct File: Codable, Hashable, Sendable {
        var path: String
        var difference: [String]
    }

    public init(
        _ commit: Commit? = nil, on branch: String?, isPushed: Bool = false, plan: PlanDocument? = nil,
        difference: [(path: String, lines: [String])]? = nil
    ) {
        self.branch = branch
        self.isPushed = isPushed
        files = difference.map { $0.map { File(path: $0.path, difference: $0.lines) } }
        if let commit { take(commit, plan: plan) }
    }

    public mutating func take(_ commit: Commit, plan: PlanDocument?) {
        (self.commit, subject, self.plan) = (commit.id.hex, commit.title, plan)
    }

    public var json: String { JSON.text(self) }
}
