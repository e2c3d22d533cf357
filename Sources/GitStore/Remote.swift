import Host

/// Where the repository of desired state is: a local path (bare or checkout), or a URL that git can fetch from.
public struct Remote: Hashable, Sendable {
    /// What git is told: an absolute path, or the URL as it was given.
    public let address: String
    /// Nil when it is on another machine.
    public let localPath: String?

    /// - Throws: a failure for a path that is not there, and for a URL that git would take for an option.
    public init(_ given: String) throws(GitFailure) {
        guard !given.isEmpty, !given.hasPrefix("-"), !given.utf8.contains(where: { $0 < 0x20 }) else {
            throw GitFailure(.notARepository, "\"\(given)\" is not the address of a repository")
        }
        guard Self.isPath(given) else {
            address = given
            localPath = given.hasPrefix("file://") ? String(given.dropFirst("file://".count)) : nil
            return
        }
        do {
            address = try FileTree().realPath(of: given)
            localPath = address
        } catch {
            throw GitFailure(error, doing: "find \(given)")
        }
    }

    /// git-clone(1) on `host:path`: "This syntax is only recognized if there are no slashes before the first colon."
    private static func isPath(_ given: String) -> Bool {
        guard let colon = given.firstIndex(of: ":") else { return true }
        return given[..<colon].contains("/")
    }

    /// The address for people: without the password that a URL may hold.
    public var shown: String { redacting(address) }

    func redacting(_ text: String) -> String {
        guard let secret else { return text }
        return text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "***")
    }

    private var secret: Substring? {
        guard let scheme = address.firstRange(of: "://") else { return nil }
        let authority = address[scheme.upperBound...].prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return nil }
        let user = authority[..<at]
        // A token may stand without a user name; a bare user name of ssh is no secret.
        guard let colon = user.firstIndex(of: ":") else { return address.hasPrefix("http") ? user : nil }
        return user[user.index(after: colon)...]
    }

    /// The name of its mirror in a state directory.
    var mirrorName: String {
        "mirror-\(GitObjectID(blob: Array(address.utf8)).hex.prefix(16)).git"
    }

    /// Lets git read a directory of another user, as libgit2 and the mirror never will: whoever names it trusts it, and
    /// git-upload-pack runs none of its hooks. Pushing there would run them, so that stays forbidden.
    var uploadPack: [String] {
        guard let localPath else { return [] }
        let quoted = ["", "/.git"].map { suffix in
            let path = (localPath + suffix).split(separator: "'", omittingEmptySubsequences: false)
            return "-c 'safe.directory=\(path.joined(separator: "'\\''"))'"
        }
        return ["--upload-pack=git \(quoted.joined(separator: " ")) upload-pack"]
    }
}
