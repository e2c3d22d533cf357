internal import CorosyncSyntax
internal import Desired
internal import Diagnostics
internal import DRBDSyntax
internal import Planning

/// The files of a host, copied to where the repository has them.
struct HostFiles {
    private(set) var files: [ImportedRepository.File] = []
    private(set) var findings: [Finding] = []

    init(_ host: LiveFiles, _ policy: Policy) {
        for (path, source) in host.contents.sorted(by: { $0.key < $1.key }) {
            if let place = Self.place(of: path, policy) { take(source, path, to: place) }
        }
        for (path, reason) in host.unreadable.sorted(by: { $0.key < $1.key }) {
            findings.append(.warning("\(path) is left out: \(reason)"))
        }
    }

    /// Nil for what belongs to no repository.
    private static func place(of path: String, _ policy: Policy) -> String? {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        if path.hasPrefix(policy.drbdDirectory + "/") { return "drbd/" + name }
        if path.hasPrefix(policy.xenDirectory + "/") { return "xen/" + name }
        return ImportedRepository.checkedFiles.first { $0.host == path }?.repository
    }

    private static func secrets(in source: SourceText, at place: String) -> [String] {
        let words = [("shared-secret", "a shared-secret"), ("passwd", "a password")].filter { source.text.holds($0.0) }.map(\.1)
        let isCorosync = place == "corosync/corosync.conf"
        return words + (isCorosync && CorosyncConfiguration.parse(source).configuration.cluster.key != nil ? ["the key of the cluster"] : [])
    }

    private mutating func take(_ source: SourceText, _ path: String, to place: String) {
        if place.hasPrefix("drbd/"), source.isManagedByLINSTOR {
            findings.append(Finding(.notice, "\(path) is left out: LINSTOR writes it"))
            return
        }
        for secret in Self.secrets(in: source, at: place) {
            findings.append(
                .warning("\(path) holds \(secret)", remedy: "think of who can read the repository before you push it"))
        }
        files.append(ImportedRepository.File(place, source.bytes))
    }
}

extension ImportedRepository {
    /// Files that a repository has for the checks across files alone, and where a host has them.
    public static let checkedFiles: [(host: String, repository: String)] = [
        ("/etc/corosync/corosync.conf", "corosync/corosync.conf"), ("/etc/ocfs2/cluster.conf", "ocfs2/cluster.conf"),
        ("/etc/default/xendomains", "default/xendomains"), ("/etc/default/o2cb", "default/o2cb"),
    ]
}

extension String {
    /// Whether a line says it that is no comment.
    fileprivate func holds(_ word: String) -> Bool {
        split(separator: "\n").contains { line in line.contains(word) && line.first { $0 != " " && $0 != "\t" } != "#" }
    }
}
