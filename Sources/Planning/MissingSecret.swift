public import Diagnostics
internal import Repository

/// A secret that a file of the repository refers to, and that this node has no value for.
public struct MissingSecret: Hashable, Sendable {
    public let reference: SecretReference
    /// Of the file, on the host.
    public let path: String
    /// Why it can't be had, where it is there.
    let reason: String?

    public var message: String {
        "\(path) needs the secret \"\(reference.name)\": " + (reason ?? "this node has no value for it that could be written there")
    }

    public var remedy: String { "put the value into \(NodeSecrets.directory)/\(reference.name), with the mode 0600" }
}
