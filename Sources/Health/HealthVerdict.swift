/// Whether a commit has done well.
public enum HealthVerdict: Hashable, Sendable {
    case healthy
    /// It may still come: these things have not happened yet.
    case notYet([String])
    /// It won't come by waiting: these things have gone wrong.
    case broken([String])
}
