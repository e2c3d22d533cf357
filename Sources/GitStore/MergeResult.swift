import CLibgit2
public import ClusterModel

/// What comes of merging a branch into the one that is followed.
public enum MergeResult: Hashable, Sendable {
    /// It is part of it already.
    case contained
    /// What the branch that is followed would have: the proposed commit itself, where that goes on from it; otherwise one that joins the two, with
    /// the proposed one's message, and lies in this mirror alone.
    case commit(Commit)
    /// Both have changed these files, in places too near to each other.
    case conflicts([String])
}

extension Mirror {
    /// Merges in memory, as git-merge(1) would with its usual strategy. No reference moves.
    /// - Throws: `GitFailure`, `.missing` where one of them is not in the mirror.
    public func merge(_ proposed: CommitID, into followed: CommitID) throws(GitFailure) -> MergeResult {
        try reading("merge \(proposed.short)", from: proposed) { repository in
            if try repository.isAncestor(proposed, of: followed) { return .contained }
            if try repository.isAncestor(followed, of: proposed) { return .commit(try repository.describe(proposed)) }
            let index = try repository.merged(followed, proposed)
            guard git_index_has_conflicts(index.pointer) == 0 else { return .conflicts(try repository.conflicts(in: index)) }
            let commit = try repository.join(followed, proposed, as: index)
            return .commit(try repository.describe(commit))
        }
    }
}
