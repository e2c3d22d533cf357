/// How a step ended.
public enum StepOutcome: Hashable, Sendable {
    case done
    /// It was so already.
    case nothingToDo
    /// What the plan was made from has moved: nothing was done.
    case moved(String)
    case failed(String)
}
