/// Which file of the repository is what. All other files are none of our business and are not even read.
public enum FileKind: Hashable, Sendable {
    case policy, crm, drbd, xen
    /// `lvm/*.yaml`.
    case volumes
    case corosync, ocfs2
    /// `default/xendomains`, `default/o2cb`.
    case shell

    /// What all DRBD resources of a host have in common.
    static let common = "global_common.conf"

    private static let shellFiles: Set<Substring> = ["xendomains", "o2cb"]

    /// - Parameter path: relative to the root of the desired state.
    public init?(path: String) {
        let parts = path.split(separator: "/")
        guard let name = parts.last, !name.hasPrefix(".") else { return nil }
        switch (parts.first, parts.count) {
        case ("coxswain.yaml", 1): self = .policy
        case ("crm", 2...) where name.hasSuffix(".crm"): self = .crm
        case ("drbd", 2) where name.hasSuffix(".res") || name == Self.common: self = .drbd
        case ("xen", 2) where name.hasSuffix(".cfg"): self = .xen
        case ("lvm", 2) where name.hasSuffix(".yaml"): self = .volumes
        case ("corosync", 2) where name == "corosync.conf": self = .corosync
        case ("ocfs2", 2) where name == "cluster.conf": self = .ocfs2
        case ("default", 2) where Self.shellFiles.contains(name): self = .shell
        default: return nil
        }
    }

    /// Whether files of concern may lie below a directory, given with a slash at its end.
    public static func mayHold(directory: String) -> Bool {
        directory.hasPrefix("crm/") || directories.contains(directory)
    }

    private static let directories: Set<String> = ["drbd/", "xen/", "lvm/", "corosync/", "ocfs2/", "default/"]
}
