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
        // Looked at as bytes: it is asked of each file of a commit, and more than once.
        let bytes = path.utf8
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else {
            if path != "coxswain.yaml" { return nil }
            self = .policy
            return
        }
        let name = path[bytes.index(after: slash)...]
        guard !name.isEmpty, name.utf8.first != UInt8(ascii: "."), bytes.first != UInt8(ascii: "/") else { return nil }
        switch path[..<slash] {
        case "drbd" where name.ends(with: ".res") || name == Self.common: self = .drbd
        case "xen" where name.ends(with: ".cfg"): self = .xen
        case "lvm" where name.ends(with: ".yaml"): self = .volumes
        case "corosync" where name == "corosync.conf": self = .corosync
        case "ocfs2" where name == "cluster.conf": self = .ocfs2
        case "default" where Self.shellFiles.contains(name): self = .shell
        case let directory where (directory == "crm" || directory.hasPrefix("crm/")) && name.ends(with: ".crm"): self = .crm
        default: return nil
        }
    }

    /// Whether files of concern may lie below a directory, given with a slash at its end.
    public static func mayHold(directory: String) -> Bool {
        directory.hasPrefix("crm/") || directories.contains(directory)
    }

    private static let directories: Set<String> = ["drbd/", "xen/", "lvm/", "corosync/", "ocfs2/", "default/"]
}

extension Substring {
    /// hasSuffix compares characters, at twenty times the cost.
    fileprivate func ends(with suffix: StaticString) -> Bool {
        let length = suffix.utf8CodeUnitCount
        return utf8.count >= length && utf8.suffix(length).elementsEqual(UnsafeBufferPointer(start: suffix.utf8Start, count: length))
    }
}
