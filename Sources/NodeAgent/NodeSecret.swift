internal import Diagnostics
internal import Host
internal import Observing
internal import Repository

/// What this node and a server elsewhere know: by it one is sure of the other.
public enum NodeSecret {
    private static let shortest = 16

    /// - Parameters:
    ///   - name: of a file below `/etc/coxswain/secrets`, which only its owner may read.
    ///   - purpose: `the webhook's`.
    /// - Throws: `Finding`, also for one that could be guessed.
    public static func read(_ name: String, _ purpose: String) throws -> String {
        guard isName(name) else {
            throw Finding.error("\"\(name.terminalSafe)\" can't be the name of a secret", expected: "the name of a file in \(NodeSecrets.directory)")
        }
        let secrets = SecretObserver(tree: FileTree()).secrets([name])
        let path = "\(NodeSecrets.directory)/\(name)"
        if let reason = secrets.unreadable[name] { throw Finding.error("\(purpose) secret can't be used: \(reason)") }
        guard let value = secrets.values[name] else {
            throw Finding.error(
                "there is no secret \(path)", remedy: "write \(purpose) secret there, with mode 0600; where you may choose it: openssl rand -hex 32")
        }
        guard value.utf8.count >= shortest else {
            throw Finding.error(
                "the secret \(path) is shorter than \(shortest) characters: it can be guessed", remedy: "openssl rand -hex 32 > \(path)")
        }
        // It becomes a line of a header.
        guard value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Finding.error("the secret \(path) holds more than one word of plain characters", remedy: "openssl rand -hex 32 > \(path)")
        }
        return value
    }

    static func isName(_ name: String) -> Bool { !name.isEmpty && !name.hasPrefix(".") && !name.contains("/") }
}
