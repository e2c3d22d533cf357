internal import ArgumentParser
internal import ClusterModel
internal import Host
internal import NodeAgent

struct Prepare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Bring this host's files up to date before Pacemaker starts here.",
        discussion: """
            A node that was off starts at once what was added while it was away, and needs the files for that. This \
            writes what is missing or different for the newest commit that the notes say has converged; it removes \
            nothing, adjusts nothing, and leaves file systems alone that are not mounted yet. Run it before \
            pacemaker.service, and let Pacemaker start whatever comes of it.

            Examples:
              coxswain prepare
              coxswain prepare --repo ssh://git.example.org/ha.git

            Exit codes: 0 done or nothing to do, 1 error, 3 refused.
            """)

    @OptionGroup(title: "Repository") var repository: RepositoryOptions
    @OptionGroup(title: "Node") var node: NodeOptions

    func validate() throws {
        if node.cib != nil { throw ValidationError("prepare is for hosts: a CIB in a file has none") }
    }

    func run() async throws {
        let settings = try Settings(repository, node.keeping, node)
        let lock = try NodeLock(settings)
        let preparation = try HostPreparation(settings) { Terminal.complain($0) }
        let outcome = try await preparation.run()
        _ = consume lock
        switch outcome {
        case .nothingKnown: Terminal.print("no commit has converged on this cluster yet: nothing to prepare")
        case .prepared(let commit, let wrote):
            for path in wrote { Terminal.print("wrote \(path)") }
            Terminal.print("this host has the files of \(commit.short)")
        case .refused(let commit, let reasons):
            Terminal.complain("\(commit.short) is refused here: " + reasons.joined(separator: "\n"))
            throw ExitCode.refused
        case .failed(let commit, let reason):
            Terminal.complain("the files of \(commit.short) could not be written: \(reason)")
            throw ExitCode(1)
        }
    }
}
