public import CIB

/// What a person wants a commit to say as the live cluster has it.
public enum AdoptionWish: Hashable, Sendable {
    /// An object as a whole.
    case object(ObjectID)
    /// One option of a set that several parties share.
    case option(String, of: ObjectID)
    /// A file of this host, by its path there.
    case file(String)

    var object: ObjectID? {
        switch self {
        case .object(let id), .option(_, let id): id
        case .file: nil
        }
    }
}
