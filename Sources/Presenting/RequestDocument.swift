internal import Records

/// What `reconcile`, `suspend` and `resume` print with `--output json`: what was asked of the daemon, and what it says to it.
public struct RequestDocument: Codable, Hashable, Sendable {
    public var version = 1
    var request: String
    var answer: String

    public init(request: String, answer: String) {
        self.request = request
        self.answer = answer
    }

    public var json: String { JSON.text(self) }
}
