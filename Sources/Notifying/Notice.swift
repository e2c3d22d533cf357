internal import Presenting
internal import Records

/// What is told of an event: the line of the log, and where it happened.
struct Notice: Encodable {
    let version = 1
    let node: String
    let event, level, message, time: String
    let commit, step, wait: String?
    let proposal: LogEntry.Proposal?
    /// Ready to be posted as a comment on the proposal.
    let markdown: String?

    init(_ entry: LogEntry, node: String) {
        self.node = node
        (event, level, message, time) = (entry.event ?? "", entry.level.rawValue, entry.message, entry.time)
        (commit, step, wait) = (entry.commit, entry.step, entry.wait)
        (proposal, markdown) = (entry.proposal, entry.markdown)
    }

    var json: String { JSON.line(self) }
}
