internal import ArgumentParser
internal import CIB
internal import Diagnostics
internal import GitStore
internal import Glibc
internal import Host
internal import NodeAgent
internal import Observing

/// Where the repository is, and which part of it is meant.
struct RepositoryOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The repository of desired state.", valueName: "DIR|URL"), completion: .directory)
    var repo: String?

    @Option(help: ArgumentHelp("A branch, a tag or a commit (default: the tip of the default branch).", valueName: "REV"))
    var revision: String?

    @Option(help: ArgumentHelp("The directory in the repository that holds the desired state.", valueName: "SUBDIR"), completion: .directory)
    var path: String?

    @Option(help: ArgumentHelp("How long the repository's server may say nothing (default: 60).", valueName: "SECONDS"))
    var timeout: Double?

    func validate() throws {
        guard timeout.map({ (1...86_400).contains($0) }) ?? true else { throw ValidationError("--timeout is 1 to 86400 seconds") }
    }

    /// - Parameter configured: as the configuration file says.
    func patience(orElse configured: String?) throws -> Duration {
        let seconds =
            try timeout ?? configured.map { text in
                guard let number = Double(text), (1...86_400).contains(number) else {
                    throw ValidationError("timeout: \"\(text)\" is not 1 to 86400 seconds")
                }
                return number
            } ?? 60
        return .milliseconds(Int(seconds * 1000))
    }
}

/// Which cluster and which node are meant, and where things are kept.
struct NodeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Work on a CIB in a file instead of the live cluster.", valueName: "FILE"), completion: .file())
    var cib: String?

    @Option(help: ArgumentHelp("The cluster's name (default: as coxswain.yaml in the repository says).", valueName: "NAME"))
    var cluster: String?

    @Option(help: ArgumentHelp("This node's name (default: as the cluster calls it).", valueName: "NAME"))
    var node: String?

    @Option(
        help: ArgumentHelp("The prefix of the host's files; DRBD and LVM are then not asked, unless it is /.", valueName: "DIR"),
        completion: .directory)
    var root: String?

    @OptionGroup var keeping: KeepingOptions
}

struct KeepingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where the mirror of the repository and backups are kept (default: /var/lib/coxswain; for others than root ~/.local/state/coxswain).",
            valueName: "DIR"), completion: .directory)
    var stateDir: String?

    @Option(
        help: ArgumentHelp("The node's configuration file (default: /etc/coxswain/coxswain.yaml).", valueName: "FILE"), completion: .file())
    var config: String?
}

struct ColorOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Colour: auto, always or never.", valueName: "WHEN"))
    var color: ColorChoice = .auto
}

extension NodeConfiguration {
    init(_ keeping: KeepingOptions) throws {
        self = try Misconfiguration.check { try NodeConfiguration(reading: keeping.config) }
    }
}

extension Settings {
    /// The command line first, then the node's configuration file.
    init(_ repository: RepositoryOptions, _ keeping: KeepingOptions, _ node: NodeOptions? = nil) throws {
        let file = try NodeConfiguration(keeping)
        guard let address = repository.repo ?? file["repo"], !address.isEmpty else {
            throw ValidationError("no repository is named: give --repo DIR|URL, or \"repo:\" in the configuration file")
        }
        try Misconfiguration.check { _ = try Remote(address) }
        self.init(
            repository: address,
            stateDirectory: try StateDirectory.make(keeping.stateDir ?? file["state-dir"]))
        revision = repository.revision ?? file["revision"]
        path = repository.path ?? file["path"]
        cluster = node?.cluster ?? file["cluster"]
        self.node = node?.node ?? file["node"]
        root = node?.root ?? file["root"]
        patience = try repository.patience(orElse: file["timeout"])
        if let word = file["rewritten-history"] {
            guard ["follow", "refuse"].contains(word) else { throw ValidationError("rewritten-history: follow or refuse") }
            followsRewrittenHistory = word == "follow"
        }
        agents = try Misconfiguration.check { try file.allowedAgents() }
        try root.map(HostRoot.check)
        if let file = node?.cib { cib = .file(try Self.absolute(file)) }
    }

    /// Pacemaker's tools run elsewhere: they need the whole path.
    private static func absolute(_ path: String) throws -> String { try FileTree().realPath(of: path) }
}

enum StateDirectory {
    /// Makes the directory if need be, and returns its absolute path.
    static func make(_ given: String?) throws -> String {
        let path = given ?? usual
        do {
            try FileTree(root: path).makeDirectory("/", mode: 0o750)
            let real = try FileTree().realPath(of: path)
            try prepareScratch(real + "/scratch")
            return real
        } catch {
            throw error.finding
        }
    }

    /// A directory for this process; those of processes that are no more are cleared away.
    private static func prepareScratch(_ directory: String) throws(FileError) {
        try FileTree().makeDirectory(directory, mode: 0o700)
        for entry in try FileTree().entries(of: directory) where !(Int32(entry.name).map(Machine.isRunning) ?? false) {
            try FileTree().removeAll("\(directory)/\(entry.name)")
        }
        try FileTree().makeDirectory("\(directory)/\(Machine.process)", mode: 0o700)
    }

    /// Where another process keeps its things: nothing is made.
    static func path(_ keeping: KeepingOptions) throws -> String {
        if let named = try keeping.stateDir ?? NodeConfiguration(keeping)["state-dir"] { return named }
        // The daemon of the host is root's; members of its group may ask it.
        return access(daemons, X_OK) == 0 ? daemons : usual
    }

    private static let daemons = "/var/lib/coxswain"

    private static var usual: String {
        guard geteuid() != 0 else { return daemons }
        let home = getenv("XDG_STATE_HOME").map { String(cString: $0) }
        return (home ?? (getenv("HOME").map { String(cString: $0) } ?? "/tmp") + "/.local/state") + "/coxswain"
    }
}

/// The prefix of a host's files, as a person gives it.
enum HostRoot {
    /// A mistyped one would look like a host without files.
    static func check(_ path: String) throws {
        do {
            guard try FileTree(root: path).kind(of: "/") != .directory else { return }
        } catch {
            throw error.finding
        }
        throw Finding.error("there is no directory \(path.terminalSafe)", remedy: "--root takes the directory that holds the host's etc/")
    }
}
