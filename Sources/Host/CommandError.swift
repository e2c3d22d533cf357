public import Diagnostics
import Subprocess

/// Why a program has not done what it was started for.
public enum CommandError: Error, Hashable, Sendable {
    /// No such program here, or it may not be executed.
    case notFound(Command)
    /// It is there, but it can't be started.
    case notStarted(Command, reason: String)
    /// It took longer than its limit, and has been killed.
    case timedOut(Command)
    /// It wrote more than its limit, and has been killed.
    case outputTooLarge(Command)
    /// It ended with a status other than 0.
    case failed(Output)
}

extension CommandError {
    public var finding: Finding {
        switch self {
        case .notFound(let command): Self.missing(command)
        case .notStarted(let command, let reason):
            .error("can't start \(command.executable.terminalSafe): \(reason.terminalSafe)")
        case .timedOut(let command):
            .error(
                "gave up after \(command.silence.map { "\($0) of silence" } ?? "\(command.limit)"): \(command.line)",
                remedy: "it was killed; is what it waits for alive?")
        case .outputTooLarge(let command):
            .error("more than \(command.outputLimit) bytes of output: \(command.line)", remedy: "it was killed")
        case .failed(let output):
            .error("\(output.status) of \(output.command.line)\n\(output.lastLines())")
        }
    }

    private static func missing(_ command: Command) -> Finding {
        let name = command.executable.split(separator: "/").last.map(String.init) ?? command.executable
        return .error(
            "\(command.executable.terminalSafe) is not installed, or not executable",
            remedy: debianPackage[name].map { "apt-get install \($0)" })
    }

    /// Which Debian 12 package brings the programs that we run.
    private static let debianPackage = [
        "git": "git", "setpriv": "util-linux", "ssh": "openssh-client", "crm": "crmsh", "drbdadm": "drbd-utils", "drbdsetup": "drbd-utils",
        "drbdmeta": "drbd-utils", "xl": "xen-utils-common", "xen": "xen-utils-common", "lvs": "lvm2", "vgs": "lvm2",
        "lvcreate": "lvm2", "lvextend": "lvm2", "lvremove": "lvm2", "lvchange": "lvm2", "wipefs": "util-linux", "blkdiscard": "util-linux",
        "cibadmin": "pacemaker-cli-utils", "crm_verify": "pacemaker-cli-utils", "crm_mon": "pacemaker-cli-utils",
        "crm_simulate": "pacemaker-cli-utils", "crm_resource": "pacemaker-cli-utils", "crm_node": "pacemaker-cli-utils",
        "crm_attribute": "pacemaker-cli-utils", "crmadmin": "pacemaker-cli-utils", "crm_diff": "pacemaker-cli-utils",
        "attrd_updater": "pacemaker-cli-utils", "corosync-quorumtool": "corosync", "corosync-cfgtool": "corosync",
        "xmllint": "libxml2-utils",
    ]
}

extension CommandError: CustomStringConvertible {
    public var description: String { finding.description }
}

extension CommandError {
    /// Our own errors and cancellation pass; what swift-subprocess throws is put in our words.
    static func spoken(_ error: any Error, running command: Command) -> any Error {
        guard let error = error as? SubprocessError else { return error }
        guard error.code != .executableNotFound else { return CommandError.notFound(command) }
        return CommandError.notStarted(command, reason: "\(error)")
    }
}
