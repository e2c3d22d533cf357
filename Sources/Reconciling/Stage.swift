/// The stages of one commit on one node, in their order.
public enum Stage: String, Hashable, Sendable, CaseIterable {
    /// Ask the repository for its newest commit.
    case fetch
    /// Read both sides, compare, judge.
    case plan
    /// Additive work on this host: files written, DRBD adjusted.
    case prepare
    /// The DC waits until every online node has prepared this commit.
    case gather
    /// What goes is stopped, dependents first, by Pacemaker itself.
    case stop
    /// The one CIB transaction.
    case commit
    /// The CIB is read again and compared.
    case verify
    /// Nodes that are not the DC wait until the transaction is in the CIB.
    case follow
    /// DRBD taken down, files removed.
    case retire
}

/// How a stage ended.
public enum Outcome: Hashable, Sendable {
    case done
    /// Not yet: ask again in a moment.
    case waiting(String)
    /// What the plan was made from has moved: plan again.
    case moved(String)
    /// The commit can't be read or understood: it takes another commit to go on.
    case invalid(String)
    /// The commit is understood and may not be carried out: it takes another commit to go on.
    case refused(String)
    /// Something broke that may be mended: try again later.
    case failed(String)
}
