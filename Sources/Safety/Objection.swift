/// What stands against a plan, and what would let it in.
public struct Objection: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        /// The commit, or the policy, would have to change.
        case refusal
        /// The state of the cluster, or of this host, would have to change; a person is told so at once.
        case lack
        /// It settles by itself.
        case wait
        /// A person ends it, or its time does.
        case pause
        /// It is better waited for, and not for long: then it is done all the same.
        case wish
        /// A tool that has to be asked can't be.
        case trouble
    }

    public let kind: Kind
    public let message: String
    public let remedy: String?
    /// A line for the commit's message that lets it in: `Allow-Disruption: xps-102`.
    public let trailer: String?

    public init(_ kind: Kind, _ message: String, remedy: String? = nil, trailer: String? = nil) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
        self.trailer = trailer
    }

    public var description: String {
        let permit = trailer.map { "if that is meant, a commit has to say so: git commit --allow-empty -m \"Let it in\" -m \"\($0)\"" }
        return ([message] + [remedy, permit].compactMap(\.self)).joined(separator: "; ")
    }
}
