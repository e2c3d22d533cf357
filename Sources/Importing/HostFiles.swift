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
            if path.hasPrefix(policy.drbdDirectory + "/") { take(source, path, into: "drbd") }
            if path.hasPrefix(policy.xenDirectory + "/") { take(source, path, into: "xen") }
        }
        for (path, reason) in host.unreadable.sorted(by: { $0.key < $1.key }) {
            findings.append(.warning("\(path) is left out: \(reason)"))
        }
    }

    private mutating func take(_ source: SourceText, _ path: String, into directory: String) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        if directory == "drbd", source.isManagedByLINSTOR {
            findings.append(Finding(.notice, "\(path) is left out: LINSTOR writes it"))
            return
        }
        if source.text.contains("shared-secret") {
            findings.append(
                .warning("\(path) holds a shared-secret", remedy: "think of who can read the repository before you push it"))
        }
        files.append(ImportedRepository.File("\(directory)/\(name)", source.bytes))
    }
}
