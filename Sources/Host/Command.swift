internal import Diagnostics
import Glibc

/// A program to run: its name, its arguments, and how much of it is tolerated. No shell is ever involved.
public struct Command: Hashable, Sendable {
    /// A name that is looked up in PATH, or an absolute path.
    public var executable: String
    public var arguments: [String]
    /// What the program finds in its environment beyond the allow-list.
    public var environment: [String: String]
    /// Variables of our own environment that it may see too, beyond the allow-list.
    public var inherited: [String]
    /// What it reads from its standard input.
    public var input: [UInt8]
    /// Nil is our own working directory.
    public var directory: String?
    /// After this time it gets SIGTERM, and after `grace` its whole session gets SIGKILL.
    public var limit: Duration
    /// After so long without a word from it the same; nil is as long as the limit.
    public var silence: Duration?
    /// Whether it ends with this process, however that ends: nobody is left then to hear what it says.
    public var endsWithUs = false
    public var grace: Duration
    /// More bytes than this on standard output are an error: half of an answer must never pass for a whole one.
    public var outputLimit: Int

    public init(
        _ executable: String, _ arguments: [String] = [], environment: [String: String] = [:],
        inherited: [String] = [], input: [UInt8] = [], directory: String? = nil,
        limit: Duration = .seconds(60), grace: Duration = .seconds(2), outputLimit: Int = 64 << 20
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.inherited = inherited
        self.input = input
        self.directory = directory
        self.limit = limit
        self.grace = grace
        self.outputLimit = outputLimit
    }

    /// The command as a person would type it, safe for a terminal.
    public var line: String {
        ([executable] + arguments).map(Self.quoted).joined(separator: " ").terminalSafe
    }

    private static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
                || "-_./:=+,@%^~".utf8.contains(byte)
        }
        guard !plain || word.isEmpty else { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

extension Command {
    private static let allowed = ["HOME", "USER", "LOGNAME", "TMPDIR"]

    /// Debian keeps crm, drbdadm and xl where the PATH of a person without root doesn't look.
    private static let administration = "/usr/local/sbin:/usr/sbin:/sbin"

    /// The whole environment of the program: an allow-list, not what we happened to be started with.
    var completeEnvironment: [String: String] {
        var all = ["LANG": "C.UTF-8"]
        for name in Self.allowed + inherited { all[name] = Self.variable(name) }
        all["PATH"] = (Self.variable("PATH") ?? "/usr/local/bin:/usr/bin:/bin") + ":" + Self.administration
        return all.merging(environment) { _, given in given }
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
