internal import Catalogue
internal import Diagnostics

/// The scripts that drbd-utils bring for handlers, 8.3 to 9.22 (`dpkg --listfiles drbd-utils`). drbdadm takes any command for one: that it is not
/// there shows on the day that it is called.
enum HandlerScripts {
    private static let directories = ["/usr/lib/drbd/", "/lib/drbd/"]
    private static let known: Set = [
        "crm-fence-peer.9.sh", "crm-fence-peer.sh", "crm-unfence-peer.9.sh", "crm-unfence-peer.sh", "drbd-peer-outdater",
        "notify-emergency-reboot.sh", "notify-emergency-shutdown.sh", "notify-io-error.sh", "notify-out-of-sync.sh", "notify-pri-lost-after-sb.sh",
        "notify-pri-lost.sh", "notify-pri-on-incon-degr.sh", "notify-quorum-lost.sh", "notify-split-brain.sh", "notify.sh", "obliterate-peer.sh",
        "outdate-peer.sh", "rhcs_fence", "snapshot-resync-target-lvm.sh", "stonith_admin-fence-peer.sh", "unsnapshot-resync-target-lvm.sh",
    ]

    /// What a command of the shell calls in the scripts' directory, and is not there; each with the directory and its name.
    static func unknown(in command: String) -> [(directory: String, name: String)] {
        command.split { " \t\n;&|()`'\"".contains($0) }.compactMap { word in
            guard let directory = directories.first(where: word.hasPrefix) else { return nil }
            let name = String(word.dropFirst(directory.count))
            return known.contains(name) || name.isEmpty ? nil : (directory, name)
        }
    }

    static func suggestion(for name: String) -> String? { didYouMean(name, among: known.sorted()) }
}

extension Reviewer {
    mutating func reviewHandler(_ statement: Statement) {
        for (directory, name) in statement.arguments.flatMap({ HandlerScripts.unknown(in: $0.text) }) {
            let path = directory + name
            let range = source.range(of: path, in: statement.origin.range) ?? statement.origin.range
            report(
                .missingHandler, "drbd-utils bring no \(path)", source.place(range),
                HandlerScripts.suggestion(for: name) ?? Rule.missingHandler.remedy)
        }
    }
}
