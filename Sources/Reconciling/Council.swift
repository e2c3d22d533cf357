internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning

/// What the nodes have announced about one commit, as one of them sees it.
struct Council {
    private let commit: CommitID
    private let node: NodeName
    private let members: [NodeName]
    private let dc: NodeName?
    private let announcements: [NodeName: Announcement]

    init(_ live: LiveState, of commit: CommitID, as node: NodeName) {
        self.commit = commit
        self.node = node
        members = (live.cluster?.onlineNodes ?? []).map { NodeName($0) }.sorted()
        dc = live.cluster?.dc.map { NodeName($0) }
        announcements = live.peers
    }

    enum Degree { case able, prepared, ready }

    /// Who has not come so far yet, in words; nil when all have.
    func missing(_ degree: Degree) -> String? {
        let missing = members.filter { !has(announcements[$0]?.promise, come: degree) }
        guard let first = missing.first else { return nil }
        let deed =
            switch degree {
            case .able: "judged"
            case .prepared: "prepared"
            case .ready: "changed its files for"
            }
        return "\(missing.list) has not \(deed) \(commit.short) yet: \(excuse(of: first))"
    }

    private func excuse(of member: NodeName) -> String {
        guard let announcement = announcements[member] else { return "coxswain has to run there too" }
        guard let promise = announcement.promise else { return "coxswain has to run there too, and to follow the same revision" }
        return promise.commit == commit ? "it is at work on it" : "it works on \(promise.commit.short); does it follow the same revision?"
    }

    private func has(_ promise: Announcement.Promise?, come degree: Degree) -> Bool {
        guard let promise, promise.commit == commit else { return false }
        switch (degree, promise) {
        case (.able, _), (_, .ready): return true
        case (.prepared, .prepared): return true
        case (.ready, .prepared(_, let preparation)): return !preparation.replaces
        case (.prepared, .able), (.ready, .able): return false
        }
    }

    /// Whether another node has a part in it: this one has one then, too.
    var isInSession: Bool { members.contains { $0 != node && announcements[$0]?.promise?.commit == commit } }

    /// Who will not have the commit, and why.
    var refusal: String? {
        members.lazy.compactMap { member -> String? in
            guard member != node, let refusal = announcements[member]?.refusal, refusal.commit == commit else { return nil }
            return "\(member) refuses it: \(refusal.reason)"
        }.first
    }

    /// The file of a domU that is created has to be on its file system already: somebody writes it who has that mounted.
    func missingWriter(of plan: Plan) -> String? {
        let domains = plan.unwrittenDomains.map(\.id.name)
        guard !domains.isEmpty else { return nil }
        let hasWriter = members.contains { member in
            switch announcements[member]?.promise {
            case .prepared(commit, let preparation): preparation.isComplete
            case .ready(commit, let isComplete): isComplete
            default: false
            }
        }
        return hasWriter ? nil : "no node has written the file of \(domains.joined(separator: ", ")) yet"
    }

    /// Whether the leader is about to commit this.
    var leaderMeansIt: Bool { dc.flatMap { announcements[$0]?.intent } == commit }

    /// A leader that is about to commit something else, in words.
    var foreignIntent: String? { intent { $0 != commit } }

    /// A leader that counts on what this node has promised.
    func intentOnPromise(_ promise: Announcement.Promise?) -> String? {
        guard let promise, promise.commit != commit else { return nil }
        if case .able = promise { return nil }
        return intent { $0 == promise.commit }
    }

    private func intent(where isMeant: (CommitID) -> Bool) -> String? {
        for (other, announcement) in announcements.sorted(by: { $0.key < $1.key }) where other != node && members.contains(other) {
            guard let intent = announcement.intent, isMeant(intent) else { continue }
            return "\(other) is about to commit \(intent.short)"
        }
        return nil
    }
}
