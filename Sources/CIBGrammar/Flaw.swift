/// One thing in an element that a schema doesn't allow.
public struct Flaw: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
        /// An attribute that the element can't have, or not with the others.
        case attribute(name: String, value: String)
        /// An attribute with a value that it can't have.
        case value(name: String, value: String)
        /// An attribute or element that must be there.
        case missing(String)
        /// An element that can't stand here.
        case element(String)
    }

    public let subject: Subject
    /// The tag of the element that it is in.
    public let parent: String
    /// The name of the innermost pair, operation or the like around it, which people know it by.
    public let owner: String?
    /// What would be right: values, names of attributes or tags of elements.
    public let expected: [String]
    /// The indices of the children that lead to the element that has the attribute, or is in the wrong place.
    let path: [Int]

    /// Whether the other one says the same of another form of the object.
    public func isLike(_ other: Flaw) -> Bool {
        subject == other.subject && parent == other.parent && owner == other.owner
    }

    /// Whether the other one is about the same thing, or about an element that this one is in.
    func isCovered(by other: Flaw) -> Bool {
        if case .element = other.subject { return path.starts(with: other.path) }
        guard other.path == path else { return path.starts(with: other.path) }  // nobody has looked into it
        // What is missing depends on all that is there.
        if case .missing = subject { return true }
        if case .missing = other.subject { return true }
        return other.subject.name == subject.name
    }
}

extension Flaw.Subject {
    /// The attribute or element that it is about.
    public var name: String {
        switch self {
        case .attribute(let name, _), .value(let name, _), .missing(let name), .element(let name): name
        }
    }
}
