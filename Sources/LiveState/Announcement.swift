public import ClusterModel
internal import Diagnostics

/// What a node tells the others about itself: one private transient attribute, which lives as long as the node does.
///
/// A promise is about one commit, and a node makes one at a time: to promise something else it withdraws the former first.
public struct Announcement: Hashable, Sendable {
    public enum Promise: Hashable, Sendable {
        /// The commit was read, planned and judged here, and nothing of it has been touched.
        case able(CommitID)
        /// What is additive is done. Nothing is changed here until the commit is in, or the leader's intent is gone.
        case prepared(CommitID, Preparation)
        /// What is there already is changed too: the transaction has to follow. As far as new files go it is complete, or not, as the preparation was.
        case ready(CommitID, isComplete: Bool = true)
    }

    public struct Preparation: Hashable, Sendable {
        /// Whether every new file is written, those on the cluster's own file systems too.
        public var isComplete: Bool
        /// Whether there is something to replace, once the leader's intent stands.
        public var replaces: Bool

        public init(isComplete: Bool = true, replaces: Bool = false) {
            self.isComplete = isComplete
            self.replaces = replaces
        }
    }

    /// A commit that was judged here and may not be carried out, and why.
    public struct Refusal: Hashable, Sendable {
        public let commit: CommitID
        public let reason: String

        /// - Parameter reason: is cut: attrd sends every value to every node.
        public init(_ commit: CommitID, _ reason: String) {
            self.commit = commit
            self.reason = Announcement.bounded(reason)
        }
    }

    public var promise: Promise?
    public var refusal: Refusal?
    /// The commit whose transaction this node, as the leader, is about to make.
    public var intent: CommitID?
    /// The commit in force, which this node, as the leader, has found not healthy, and which stays for want of a way back.
    public var unhealthy: Refusal?

    public init(_ promise: Promise? = nil, refusal: Refusal? = nil, intent: CommitID? = nil) {
        self.promise = promise
        self.refusal = refusal
        self.intent = intent
    }

    public var isEmpty: Bool { self == Announcement() }
}

extension Announcement.Promise {
    public var commit: CommitID {
        switch self {
        case .able(let commit), .prepared(let commit, _), .ready(let commit, _): commit
        }
    }

    /// Whether the node has touched its files for it.
    public var hasChangedHost: Bool { if case .able = self { false } else { true } }
}

// As the value of an attribute: words between blanks, `prepared:COMMIT:replaces intent:COMMIT`.
extension Announcement {
    /// Bytes.
    private static let longestReason = 400

    public var text: String {
        let words = [
            promise?.text, refusal?.text(as: "refused"), intent.map { "intent:\($0)" }, unhealthy?.text(as: "unhealthy"),
        ]
        return words.compactMap(\.self).joined(separator: " ")
    }

    /// Words that are not understood are those of another version, and left out.
    public init(text: String) {
        self.init()
        for word in text.split(separator: " ") {
            let parts = word.split(separator: ":", omittingEmptySubsequences: false)
            let commit = parts.dropFirst().first.flatMap { CommitID($0) }
            switch (parts.first, commit) {
            case ("able", let commit?): promise = .able(commit)
            case ("refused", let commit?): refusal = Refusal(commit, String(parts.dropFirst(2).first ?? "").percentDecoded)
            case ("unhealthy", let commit?): unhealthy = Refusal(commit, String(parts.dropFirst(2).first ?? "").percentDecoded)
            case ("prepared", let commit?):
                promise = .prepared(commit, Preparation(isComplete: !parts.contains("part"), replaces: parts.contains("replaces")))
            case ("ready", let commit?): promise = .ready(commit, isComplete: !parts.contains("part"))
            case ("intent", let commit?): intent = commit
            default: break
            }
        }
    }

    static func bounded(_ reason: String) -> String { reason.beginning(ofBytes: longestReason) }
}

extension Announcement.Promise {
    fileprivate var text: String {
        switch self {
        case .able(let commit): "able:\(commit)"
        case .prepared(let commit, let preparation):
            "prepared:\(commit)" + (preparation.isComplete ? "" : ":part") + (preparation.replaces ? ":replaces" : "")
        case .ready(let commit, let isComplete): "ready:\(commit)" + (isComplete ? "" : ":part")
        }
    }
}

extension Announcement.Refusal {
    fileprivate func text(as word: String) -> String { "\(word):\(commit):\(reason.withPercents)" }
}

extension String {
    /// Letters and digits as they are, everything else as RFC 3986 writes it: `%20`.
    fileprivate var withPercents: String {
        utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            if isPlain { return String(UnicodeScalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
