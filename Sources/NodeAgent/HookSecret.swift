internal import Diagnostics
internal import Host
internal import Observing
internal import Repository

/// What a git server and this node know: by it the server's word of a push is known.
public enum HookSecret {
    private static let shortest = 16

    /// - Parameter name: of a file below `/etc/coxswain/secrets`, which only its owner may read.
    /// - Throws: `Finding`, also for one that could be guessed.
    public static func read(_ name: String) throws -> [UInt8] {
        guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/") else {
            throw Finding.error("\"\(name.terminalSafe)\" can't be the name of a secret", expected: "the name of a file in \(NodeSecrets.directory)")
        }
        let secrets = SecretObserver(tree: FileTree()).secrets([name])
        let path = "\(NodeSecrets.directory)/\(name)"
        if let reason = secrets.unreadable[name] { throw Finding.error("the webhook's secret can't be used: \(reason)") }
        guard let value = secrets.values[name] else {
            throw Finding.error(
                "there is no secret \(path)", remedy: "openssl rand -hex 32 > \(path), with mode 0600; and give the same to the git server")
        }
        guard value.utf8.count >= shortest else {
            throw Finding.error(
                "the secret \(path) is shorter than \(shortest) characters: it can be guessed", remedy: "openssl rand -hex 32 > \(path)")
        }
        return Array(value.utf8)
    }
}
