internal import Catalogue
internal import Diagnostics
internal import Repository
internal import ShellSyntax

/// The variables of /etc/default/xendomains and /etc/default/o2cb against the init scripts that read them.
enum VariableRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.files.shell.flatMap { file in
            let isXen = file.name == "xendomains"
            return unknown(in: file, of: isXen ? "XENDOMAINS_" : "O2CB_", known: isXen ? xendomains : o2cb)
                + (isXen ? [] : values(in: file) + timeouts(in: file))
        }
    }

    private typealias File = ReadFile<ShellVariables>

    /// Those of Xen's own script too, which Debian's does without.
    private static let xendomains = [
        "XENDOMAINS_AUTO", "XENDOMAINS_AUTO_ONLY", "XENDOMAINS_CREATE_USLEEP", "XENDOMAINS_MIGRATE", "XENDOMAINS_RESTORE",
        "XENDOMAINS_SAVE", "XENDOMAINS_SHUTDOWN", "XENDOMAINS_SHUTDOWN_ALL", "XENDOMAINS_STOP_MAXWAIT", "XENDOMAINS_SYSRQ",
        "XENDOMAINS_USLEEP",
    ]

    private static let o2cb = ["O2CB_ENABLED", "O2CB_STACK", "O2CB_BOOTCLUSTER"] + least.map(\.name)

    /// "(>=7)", "(>=5000)", "(>=1000)", "(>=2000)" (o2cb.sysconfig(5))
    private static let least: [(name: String, number: Int)] = [
        ("O2CB_HEARTBEAT_THRESHOLD", 7), ("O2CB_IDLE_TIMEOUT_MS", 5000), ("O2CB_KEEPALIVE_DELAY_MS", 1000),
        ("O2CB_RECONNECT_DELAY_MS", 2000),
    ]

    private static func unknown(in file: File, of prefix: String, known: [String]) -> [Finding] {
        file.content.names.filter { name in
            !known.contains(name) && (name.hasPrefix(prefix) || nearest(to: name, among: known) != nil)
        }.map { name in
            finding(name, "the script reads no \(name)", in: file, remedy: didYouMean(name, among: known) ?? "remove it")
        }
    }

    /// The script asks for "true" and for no other word.
    private static func values(in file: File) -> [Finding] {
        var findings: [Finding] = []
        if let value = file.content["O2CB_ENABLED"], !["true", "false", ""].contains(value) {
            findings.append(finding("O2CB_ENABLED", "O2CB_ENABLED=\(value) leaves o2cb off", in: file, expected: "true or false"))
        }
        // `case "$O2CB_STACK" in o2cb) … ????) …` (/etc/init.d/o2cb)
        if let value = file.content["O2CB_STACK"], !value.isEmpty, value.count != 4 {
            findings.append(
                finding("O2CB_STACK", "O2CB_STACK can't be \"\(value)\"", in: file, expected: "o2cb, pcmk or cman"))
        }
        return findings
            + least.compactMap { name, number in
                guard let value = file.content[name], !value.isEmpty, (Int(value) ?? 0) < number else { return nil }
                return finding(name, "\(name) can't be \"\(value)\"", in: file, expected: "a number from \(number)")
            }
    }

    /// The kernel takes no keepalive that comes after the connection was given up.
    private static func timeouts(in file: File) -> [Finding] {
        let (idle, keepalive) = (number("O2CB_IDLE_TIMEOUT_MS", in: file) ?? 30_000, number("O2CB_KEEPALIVE_DELAY_MS", in: file) ?? 2000)
        guard keepalive >= idle else { return [] }
        let name = "O2CB_KEEPALIVE_DELAY_MS"
        return [
            finding(
                name, "a keepalive after \(keepalive) ms comes too late", in: file, expected: "less than O2CB_IDLE_TIMEOUT_MS, \(idle)")
        ]
    }

    private static func number(_ name: String, in file: File) -> Int? { file.content[name].flatMap { Int($0) } }

    private static func finding(
        _ name: String, _ message: String, in file: File, expected: String? = nil, remedy: String? = nil
    ) -> Finding {
        Finding(
            .ignoredVariable, message, at: file.source.place(of: name, from: file.content.origin(of: name) ?? Origin()),
            expected: expected, remedy: remedy)
    }
}
