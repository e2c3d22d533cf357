/// How much of something is read. What goes beyond is refused, with an error that says the bound.
public struct Bound: Hashable, Sendable {
    public let most: Int
    /// What is counted: `bytes in a line`.
    public let unit: String

    public init(_ most: Int, _ unit: String) {
        self.most = most
        self.unit = unit
    }

    public func finding(at place: Place? = nil, remedy: String? = nil) -> Finding {
        .error("more than \(most) \(unit)", at: place, remedy: remedy)
    }
}

extension SourceText {
    /// What keeps a file from being read at all: it is too large, or no text.
    public func refusal(beyond size: Bound) -> Finding? {
        bytes.count > size.most ? size.finding(at: place(at: size.most)) : encodingFinding
    }
}
