/// How a step ended.
public enum StepOutcome: Hashable, Sendable {
    case done
    /// It was so already.
    case nothingToDo
    /// What the plan was made from has moved: nothing was done.
    case moved(String)
    /// Another host has to do its part first: it is tried again.
    case waiting(String)
    case failed(String)
}
