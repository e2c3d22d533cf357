internal import ArgumentParser
internal import CIB
internal import Diagnostics
internal import Host
internal import Importing
internal import LiveState
internal import Observing
internal import Planning
internal import Repository

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Write a repository from a cluster that runs already.",
        discussion: """
            Writes crm/, drbd/, xen/, lvm/ and coxswain.yaml, ready to be committed; a plan of it against the same \
            cluster is empty. corosync.conf, OCFS2's cluster.conf, /etc/default/xendomains and o2cb are copied too, to be \
            checked with the rest; lvm/ has the volumes of this host that DRBD and the domUs stand on. What the cluster writes, \
            and constraints that operators and DRBD put there for now, is left out; a resource that is stopped, or a node on \
            standby, is written so, and reported.

            DRBD's files are read as drbdadm reads them, from /etc/drbd.conf through its includes; a resource that stands \
            anywhere but in a .res file of /etc/drbd.d goes into a file of its own.

            A password is never written: the CIB's become references to the value that the cluster has, those of DRBD's and \
            Xen's files secret:NAME, which stands for what the host has in its file, or in /etc/coxswain/secrets/NAME. Each is \
            reported.

            Examples:
              coxswain import --to repository                        this cluster, and this host's files
              coxswain import --to repository --cib cib.xml          a CIB in a file
              coxswain import --to repository --layout single        all of the CIB in one file

            Exit codes: 0 done, 1 error.
            """)

    @Option(help: ArgumentHelp("The directory to write to.", valueName: "DIR"), completion: .directory)
    var to: String

    @Option(help: ArgumentHelp("Read a CIB in a file instead of the live cluster.", valueName: "FILE"), completion: .file())
    var cib: String?

    @Option(help: ArgumentHelp("The prefix of the host's files.", valueName: "DIR"), completion: .directory)
    var root: String?

    @Option(help: ArgumentHelp("One file for each concern and each domU (split), or one for all (single).", valueName: "LAYOUT"))
    var layout = Layout.split

    enum Layout: String, ExpressibleByArgument, CaseIterable { case single, split }

    func run() async throws {
        try root.map(HostRoot.check)
        try checkIsFree()
        let source = cib.map(CIBSource.file) ?? .cluster
        let live = try await source.read()
        let host = hostFiles(Policy(importing: live))
        let groups = try await volumeGroups()
        let repository = ImportedRepository(live, host: host, groups: groups, layout: layout == .single ? .single : .split)
        for finding in repository.findings { Terminal.complain(finding.description) }
        do {
            try write(repository.files)
        } catch {
            throw error.finding
        }
        if repository.findings.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
        Terminal.complain(Self.nextSteps(to))
    }

    /// Until a commit is recorded as applied, nothing in the cluster counts as declared before: what is edited comes beside what is there.
    private static func nextSteps(_ directory: String) -> String {
        """
        next: make it a git repository and commit it (git init, git add, git commit), then
            coxswain validate                 in \(directory.terminalSafe): what could be better
            coxswain apply --repo URL         once, before the first edit: it changes nothing but the record of what is applied
        """
    }

    /// With a CIB in a file and no other root there is no host.
    private func hostFiles(_ policy: Policy) -> LiveFiles {
        guard cib == nil || root != nil else { return LiveFiles() }
        let observer = HostObserver(tree: FileTree(root: root ?? "/"))
        var files = observer.files(for: [policy], mounts: [:])
        let checked = observer.files(at: ImportedRepository.checkedFiles.map(\.host))
        files.contents.merge(checked.contents) { first, _ in first }
        files.unreadable.merge(checked.unreadable) { first, _ in first }
        return files
    }

    /// LVM is asked for what this machine has, and for nothing else.
    private func volumeGroups() async throws -> [VolumeGroup] {
        guard cib == nil, root == nil else { return [] }
        do {
            return try await VolumeObserver().groups()
        } catch CommandError.notFound {
            return []
        } catch let error as CommandError {
            Terminal.complain(Finding.warning("lvm/ is not written: \(error.finding.message)").description)
            return []
        }
    }

    /// Before a large cluster is read for nothing.
    private func checkIsFree() throws {
        let directory = FileTree(root: to)
        let names = ["coxswain.yaml", "crm", "drbd", "xen", "lvm", "corosync", "ocfs2", "default"]
        for name in names where try directory.kind(of: "/" + name) != nil {
            throw Finding.error(
                "\(to)/\(name) exists already", remedy: "import into a new directory, and compare: git diff --no-index")
        }
    }

    private func write(_ files: [ImportedRepository.File]) throws(FileError) {
        let directory = FileTree(root: to)
        let parents = Set(files.map { $0.path.split(separator: "/").dropLast().joined(separator: "/") })
        for parent in parents.sorted() { try directory.makeDirectory("/" + parent) }
        for file in files { try directory.create("/" + file.path, with: file.bytes) }
        try directory.flush("/")
        Terminal.print(files.map { "\(to)/\($0.path)" })
    }
}
