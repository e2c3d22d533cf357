/// The values of the secrets that one node has.
public struct NodeSecrets: Hashable, Sendable {
    /// Where a node has them, in a file each.
    public static let directory = "/etc/coxswain/secrets"

    /// By name.
    public var values: [String: String]
    /// Why some can't be had, by name.
    public var unreadable: [String: String]

    public init(_ values: [String: String] = [:], unreadable: [String: String] = [:]) {
        self.values = values
        self.unreadable = unreadable
    }
}
