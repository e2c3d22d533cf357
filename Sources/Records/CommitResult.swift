/// The end of a commit on a node; what a note is written for.
public enum CommitResult: String, Hashable, Sendable, CaseIterable {
    /// It is in force, and all that it touched, and what it didn't, is healthy.
    case converged
    /// It makes no sense: a refusal too, in the word for people.
    case invalid
    /// It may not be carried out.
    case refused
    /// Something broke, or did not come in time, that may be mended.
    case failed
    /// A newer commit came before it was in force.
    case superseded
    /// It was applied, was not healthy, and the cluster went back to the commit that was healthy last.
    case rolledBack = "rolled-back"
    /// It was applied and is not healthy, and there is no way back, or none is wanted.
    case unhealthy

    /// The word for people: a commit that makes no sense is refused too.
    public var word: String { self == .invalid ? Self.refused.rawValue : rawValue }

    public var isGood: Bool { self == .converged || self == .superseded }
}
