internal import ClusterModel
internal import Diagnostics
internal import GitStore
internal import Host
internal import Notifying
public import Presenting
internal import Records
internal import Repository
internal import Serving

/// Looks at all that a node needs to follow a repository, and says how to mend what is not there. It changes nothing but the mirror.
public struct Doctor: Sendable {
    let settings: Settings
    let program: String
    let configuration: NodeConfiguration

    /// - Parameters:
    ///   - configuration: the node's own file.
    ///   - program: the version of this program.
    public init(_ settings: Settings, _ configuration: NodeConfiguration, program: String) {
        self.settings = settings
        self.configuration = configuration
        self.program = program
    }

    public func diagnoses() async -> [Diagnosis] {
        let tools = await Toolbox.diagnoses()
        let (repository, reading) = await self.repository()
        return tools + configured + repository + reading + secrets + (await notifying()) + (await agents()) + (await cluster()) + (await clock())
            + (await daemon())
    }

    /// What keeps the daemon from starting.
    private var configured: [Diagnosis] {
        DaemonConfiguration(configuration).findings.map { finding in
            Diagnosis(
                "configuration", .bad, finding.message + (finding.expected.map { "; expected: \($0)" } ?? ""),
                remedy: finding.remedy ?? "mend the node's coxswain.yaml: coxswain run does not start with it")
        }
    }

    // MARK: The repository

    private func repository() async -> (access: [Diagnosis], reading: [Diagnosis]) {
        let mirror: Mirror
        let head: Commit
        do {
            mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
            _ = try await mirror.fetch(.revision(settings.revision), limit: settings.patience)
            head = try await mirror.resolve(settings.revision)
        } catch {
            return ([Diagnosis("repository", .bad, Self.words(of: error), remedy: Self.access)], [])
        }
        let access = Diagnosis("repository", .good, "\(mirror.remote.shown) answers; the newest commit is \(head.id.short) \"\(head.title)\"")
        return ([access, await notes(mirror, head)], [await self.reading(head, mirror)])
    }

    private static let access =
        "as root: ssh to the server once, so that its key is in known_hosts and root's is let in; git ls-remote URL has to work"

    /// "Do everything except actually send the updates." (git-push(1), --dry-run): hooks of the server are not asked.
    private func notes(_ mirror: Mirror, _ head: Commit) async -> Diagnosis {
        do {
            try await mirror.tryPush(head.id, limit: settings.patience)
            return Diagnosis("notes", .good, "this node may push to \(NotesRef.all)")
        } catch {
            return Diagnosis(
                "notes", .remark, "they stay here: \(Self.words(of: error))",
                remedy: "give this node's key write access, to refs/notes/coxswain/* at least")
        }
    }

    private func reading(_ head: Commit, _ mirror: Mirror) async -> Diagnosis {
        do {
            let reading = try await DesiredReader(mirror, path: settings.path).read(head)
            guard let name = settings.cluster ?? reading.state.policy.cluster else {
                return Diagnosis(
                    "commit", .remark, "\(head.id.short) is sound, and names no cluster: notes call it \(Policy.defaultCluster)",
                    remedy: "write cluster: NAME into coxswain.yaml")
            }
            let count = reading.state.declarations.count
            return Diagnosis("commit", .good, "\(head.id.short) is sound: \(count) objects and \(reading.state.files.count) files of cluster \(name)")
        } catch {
            return Diagnosis("commit", .bad, Self.words(of: error), remedy: "coxswain validate, in the checkout, tells all of it")
        }
    }

    /// The first lines of what went wrong, as one.
    static func words(of error: any Error) -> String {
        let lines = "\(error)".split(separator: "\n").map { $0.drop(while: \.isWhitespace) }
        return lines.prefix(2).joined(separator: " ")
    }

    // MARK: The host

    private var secrets: [Diagnosis] {
        let tree = FileTree(root: settings.root ?? "/")
        let names = (try? tree.regularFiles(in: NodeSecrets.directory)) ?? []
        let open = names.map { "\(NodeSecrets.directory)/\($0)" }.filter(tree.isExposed)
        guard let first = open.first else { return names.isEmpty ? [] : [Diagnosis("secrets", .good, "\(names.count), for root only")] }
        return [Diagnosis("secrets", .bad, "others than root can read \(first)", remedy: "chmod 600 \(NodeSecrets.directory)/*")]
    }

    /// timedatectl(1): "NTPSynchronized".
    private func clock() async -> [Diagnosis] {
        let command = Command("timedatectl", ["show", "--property=NTPSynchronized", "--value"], limit: .seconds(10))
        guard let output = try? await command.run(), output.succeeded else {
            return [Diagnosis("clock", .remark, "whether it is synchronized is not known: timedatectl does not say")]
        }
        guard output.text.hasPrefix("yes") else {
            return [
                Diagnosis(
                    "clock", .remark, "it is not synchronized",
                    remedy: "apt-get install systemd-timesyncd, or chrony: logs and notes are compared by it")
            ]
        }
        return [Diagnosis("clock", .good, "synchronized")]
    }

    private func daemon() async -> [Diagnosis] {
        guard let status = try? await ControlClient(stateDirectory: settings.stateDirectory, limit: .seconds(30)).status() else {
            return [Diagnosis("daemon", .remark, "it does not run here", remedy: "systemctl enable --now coxswain-prepare coxswain")]
        }
        guard status.program == program else {
            return [Diagnosis("daemon", .bad, "it is \(status.program), and this is \(program)", remedy: "systemctl restart coxswain")]
        }
        return [
            Diagnosis(
                "daemon", .good,
                status.suspension.map { "it runs, and is suspended \($0.description): coxswain resume" } ?? "it runs: \(status.work.activity)")
        ]
    }
}
