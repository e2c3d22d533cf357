import Diagnostics
import Host

/// Where the repository of desired state is: a local path (bare or checkout), or a URL that git can fetch from.
public struct Remote: Hashable, Sendable {
    /// What git is told: an absolute path, or the URL as it was given, but for a user and a password.
    public let address: String
    /// Nil when it is on another machine.
    public let localPath: String?
    /// The address for people: whatever stands before the @ of a URL is left out.
    public let shown: String
    private let login: Login?
    /// What stands behind a semicolon of the path.
    private let parameters: [String]

    /// - Throws: a failure for a path that is not there, and for a URL that git would take for an option.
    public init(_ given: String) throws(GitFailure) {
        let parts = AddressParts(given)
        let shown = parts.shown.terminalSafe
        guard !given.isEmpty, !given.hasPrefix("-"), !given.utf8.contains(where: { $0 < 0x20 }) else {
            throw GitFailure(.notARepository, "\"\(shown.split(whereSeparator: \.isNewline).first ?? "")\" is not the address of a repository")
        }
        guard Self.isPath(given) else {
            guard !parts.hasQuery else { throw Self.query(shown) }
            (address, login, self.shown) = (parts.address, parts.login, shown)
            parameters = parts.login == nil ? parts.hidden.map(String.init) : parts.hidden.dropFirst().map(String.init)
            localPath = given.hasPrefix("file://") ? String(given.dropFirst("file://".count)) : nil
            return
        }
        do {
            address = try FileTree().realPath(of: given)
        } catch {
            // A file system that is not mounted yet: what was fetched before is known, and the rest is told when it is asked for.
            guard error.isMissing, given.hasPrefix("/") else {
                var finding = error.finding
                finding.message = finding.message.replacing(given.terminalSafe, with: shown)
                throw GitFailure(finding)
            }
            address = given
        }
        (localPath, login, self.shown, parameters) = (address, nil, address, [])
    }

    /// git-clone(1) on `host:path`: "This syntax is only recognized if there are no slashes before the first colon."
    private static func isPath(_ given: String) -> Bool {
        guard let colon = given.firstIndex(of: ":") else { return true }
        return given[..<colon].contains("/")
    }

    private static func query(_ shown: String) -> GitFailure {
        GitFailure(
            .notARepository,
            "\(shown): git appends to an address, so that what stands behind a \"?\" or a \"#\" never reaches the server as it is meant",
            remedy: "write a token as the password: https://USER:TOKEN@host/path.git, or let git's credential helper have it")
    }

    /// Git's words, with the user and the password left out of addresses.
    func redacting(_ text: String) -> String {
        let text = parameters.reduce(text) { $0.replacing($1, with: "***") }
        guard let login else { return text }
        return login.spellings.reduce(text) { $0.replacing($1 + "@", with: "***@") }
    }

    /// What of a word on a command line is for nobody's eyes, as far as it is the address of a repository: `--repo=https://USER:TOKEN@host/`.
    public static func secrets(in word: String) -> [String] {
        let isOption = word.hasPrefix("--") && word.contains("=")
        let address = isOption ? String(word.drop { $0 != "=" }.dropFirst()) : word
        return AddressParts(address).hidden.map(String.init).filter { !$0.isEmpty }
    }

    /// What git finds in its environment to log in with: arguments are there for everybody to see (ps(1)).
    ///
    /// gitcredentials(7): "If the helper string begins with "!", it is considered a shell snippet, and everything after the "!" becomes the
    /// command." The snippet is always the same; the values stand beside it.
    var credentials: [String: String] {
        guard let login else { return [:] }
        let helper = "!f() { test \"$1\" = get && printf 'username=%s\\npassword=%s\\n' \"$COXSWAIN_GIT_USER\" \"$COXSWAIN_GIT_PASSWORD\"; }; f"
        return [
            "GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "credential.helper", "GIT_CONFIG_VALUE_0": "",
            "GIT_CONFIG_KEY_1": "credential.helper", "GIT_CONFIG_VALUE_1": helper,
            "COXSWAIN_GIT_USER": login.user, "COXSWAIN_GIT_PASSWORD": login.password,
        ]
    }

    /// git-clone(1), `--filter`: objects are left out, and asked for when they are needed.
    var isPartialClone: Bool {
        guard let localPath else { return false }
        return ["/config", "/.git/config"].contains { place in
            guard let bytes = try? FileTree().readIfPresent(localPath + place) else { return false }
            return String(decoding: bytes, as: UTF8.self).contains("partialclonefilter")
        }
    }

    /// The name of its mirror in a state directory, without an ending. Another password makes no other repository.
    var mirrorName: String { "mirror-\(GitObjectID(blob: Array(address.utf8)).hex.prefix(16))" }

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
