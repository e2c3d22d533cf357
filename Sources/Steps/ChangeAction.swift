/// What happens to an object of the CIB, or to a file.
public enum ChangeAction: String, Hashable, Sendable, CaseIterable {
    case create, change, delete
}
