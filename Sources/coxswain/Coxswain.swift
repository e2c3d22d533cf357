internal import ArgumentParser
internal import Diagnostics
internal import GitStore
internal import Glibc
internal import Host
internal import Presenting

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
              coxswain status                        where this node and its cluster stand
              coxswain drift                         where the cluster is not as its commit says
              coxswain adopt xps-101                 make a commit of what was changed by hand, for review
              coxswain log --follow                  what the daemon of this node does
              coxswain rollback                      go back to the last commit that was healthy
              coxswain doctor                        what this node lacks

            Exit codes: 0 all is well, 1 error, 2 the plan has changes, 3 refused, 64 usage.
            """,
        version: Release.version,
        subcommands: [
            Plan.self, Apply.self, Run.self, Prepare.self, Import.self, Format.self, Validate.self, Explain.self, History.self, Status.self,
            Drift.self, Adopt.self, Log.self,
            Doctor.self, Reconcile.self, Suspend.self, Resume.self, Rollback.self, Version.self,
        ])

    static func main() async {
        Memory.useOneArena()
        let words = Arguments.take()
        var isInJSON = false
        do {
            var command = try parseAsRoot(words)
            signal(SIGPIPE, SIG_IGN)
            isInJSON = (command as? any JSONAnswering)?.answersInJSON ?? false
            if let command = command as? any AsyncParsableCommand {
                try await Interruption().run(command)
            } else {
                try command.run()
            }
            if !(command is Run), let failure = Terminal.failure { throw Finding.error(failure) }
        } catch let error as ExitCode {
            exit(withError: error)
        } catch {
            guard let findings = Failure.findings(of: error) else { exit(withError: error) }
            if isInJSON { Terminal.print(FindingsDocument(findings).json) }
            Terminal.complain(findings.map(\.description).joined(separator: "\n"))
            exit(withError: error is Refusal ? ExitCode.refused : error is Misconfiguration ? ExitCode.validationFailure : ExitCode(1))
        }
    }
}

/// Exit codes that scripts rely on.
extension ExitCode {
    static let changes = ExitCode(2)
    static let refused = ExitCode(3)
}

/// The commit makes no sense: "refused", whichever command says it.
struct Refusal: Error {
    let findings: [Finding]
}

/// The command line, or the node's own file, is wrong: trying again does not mend it.
struct Misconfiguration: Error {
    let findings: [Finding]

    static func check<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch { throw Failure.findings(of: error).map { Misconfiguration(findings: $0) } ?? error }
    }
}

enum Failure {
    /// Our own errors in words; nil for those of the argument parser, which has words of its own.
    static func findings(of error: any Error) -> [Finding]? {
        switch error {
        case let error as Refusal: error.findings
        case let error as Misconfiguration: error.findings
        case let error as Findings: error.all
        case let error as Finding: [error]
        case let error as GitFailure: [error.finding]
        case let error as CommandError: [error.finding]
        case let error as FileError: [error.finding]
        default: nil
        }
    }
}

/// A command that a program may read: errors are put in JSON there, too, and on standard error in words.
protocol JSONAnswering {
    var answersInJSON: Bool { get }
}

extension Plan: JSONAnswering { var answersInJSON: Bool { output == .json } }
extension History: JSONAnswering { var answersInJSON: Bool { output == .json } }
extension Validate: JSONAnswering { var answersInJSON: Bool { output == .json } }
extension Explain: JSONAnswering { var answersInJSON: Bool { output == .json } }
