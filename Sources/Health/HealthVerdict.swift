/// Whether a commit has done well.
public enum HealthVerdict: Hashable, Sendable {
    case healthy
    /// All is well, but that bystanders that failed before it already don't run just now.
    case asBefore([String])
    /// It may still come: these things have not happened yet.
    case notYet([String])
    /// It won't come by waiting: these things have gone wrong.
    case broken([String])
}
