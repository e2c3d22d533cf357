internal import ArgumentParser
internal import Diagnostics
internal import GitStore
internal import Host

@main
struct Coxswain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coxswain",
        abstract: "GitOps for classic Linux HA clusters: Pacemaker, DRBD and Xen follow a git repository.",
        discussion: """
            A commit is read, checked, compared with the live cluster and carried out as one transaction \
            of the CIB. What became of it stands as a git note on the commit; a git revert takes it back.

            Examples:
              coxswain import --to DIR               write a repository from this cluster
              coxswain validate                      check the checkout here
              coxswain plan --repo . --worktree      what would the edits here change?
              coxswain plan --repo URL               what would the newest commit change?
              coxswain apply --repo . --cib cib.xml  bring a CIB in a file up to date
              coxswain run --repo URL                follow the repository
              coxswain prepare                       bring the host's files up to date, before Pacemaker starts
              coxswain history --repo URL            what became of the commits

            Exit codes: 0 all is well, 1 error, 2 the plan has changes, 3 refused, 64 usage.
            """,
        version: Release.version,
        subcommands: [
            Plan.self, Apply.self, Run.self, Prepare.self, Import.self, Format.self, Validate.self, Explain.self, History.self, Version.self,
        ])

    static func main() async {
        Memory.useOneArena()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as ExitCode {
            exit(withError: error)
        } catch {
            guard let text = Failure.text(of: error) else { exit(withError: error) }
            Terminal.complain(text)
            exit(withError: ExitCode(1))
        }
    }
}

enum Release {
    static let version = "0.1.0"
}

/// Exit codes that scripts rely on.
extension ExitCode {
    static let changes = ExitCode(2)
    static let refused = ExitCode(3)
}

enum Failure {
    /// Our own errors in words; nil for those of the argument parser, which has words of its own.
    static func text(of error: any Error) -> String? {
        switch error {
        case let error as Findings: error.description
        case let error as Finding: error.description
        case let error as GitFailure: error.description
        case let error as CommandError: error.description
        case let error as FileError: error.description
        case is CancellationError: "error: interrupted"
        default: nil
        }
    }
}
