internal import CorosyncSyntax
internal import DRBDSyntax
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Repository

/// The files of a host, copied to where the repository has them.
struct HostFiles {
    private(set) var files: [ImportedRepository.File] = []
    private(set) var findings: [Finding] = []

    private let secrets: ImportedRepository.Secrets

    init(_ host: LiveFiles, _ policy: Policy, _ secrets: ImportedRepository.Secrets) {
        self.secrets = secrets
        let drbd = DRBDCollection(host, policy)
        findings += drbd.findings
        for (name, source) in drbd.files { take(source, to: "drbd/" + name) }
        for (path, source) in host.contents.sorted(by: { $0.key < $1.key }) {
            if let place = Self.place(of: path, policy) { take(source, to: place) }
        }
        for (path, reason) in host.unreadable.sorted(by: { $0.key < $1.key }) {
            findings.append(.warning("\(path) is left out: \(reason)"))
        }
    }

    /// Nil for what belongs to no repository, and for DRBD's files.
    private static func place(of path: String, _ policy: Policy) -> String? {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        if path.hasPrefix(policy.xenDirectory + "/") { return "xen/" + name }
        return ImportedRepository.checkedFiles.first { $0.host == path }?.repository
    }

    private mutating func take(_ source: SourceText, to place: String) {
        let copy = SourceText(path: place, bytes: source.bytes)
        if let finding = copy.encodingFinding {
            findings.append(
                .warning("\(place), as this host has it, would be refused: \(finding.message)", at: finding.place, remedy: finding.remedy))
        }
        files.append(ImportedRepository.File(place, (secrets == .references ? hidingSecrets(of: copy) : copy).bytes))
    }

    private mutating func hidingSecrets(of source: SourceText) -> SourceText {
        var names = SecretNames(path: source.path)
        let text = source.replacing(FileKind.secrets(in: source)) { secret in
            guard secret.reference == nil, !secret.value.isEmpty else { return nil }
            let reference = names.reference(for: secret)
            findings.append(Self.notice(of: secret, reference, in: source))
            return reference.description
        }
        findings += Self.remains(in: text)
        return text
    }

    /// Without the line itself: the secret stands in it.
    private static func notice(of secret: Secret, _ reference: SecretReference, in source: SourceText) -> Finding {
        .warning(
            "\(secret.path.last ?? "") in line \(source.place(secret.range).line) of \(source.path) is a secret: "
                + "the repository says \(reference), and this host keeps its value",
            remedy: "a host that has no such file yet must be given the value in \(NodeSecrets.directory)/\(reference.name)")
    }

    /// What comments still say.
    private static func remains(in text: SourceText) -> [Finding] {
        let lines = text.text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().filter { $0.element.hasCommentedSecret(of: text.path) }.map { index, _ in
            .warning(
                "the comment in line \(index + 1) of \(text.path) speaks of a secret, and is copied as it is",
                remedy: "think of who can read the repository before you push it")
        }
    }
}

extension ImportedRepository {
    /// Files that a repository has for the checks across files alone, and where a host has them.
    public static let checkedFiles: [(host: String, repository: String)] = [
        ("/etc/corosync/corosync.conf", "corosync/corosync.conf"), ("/etc/ocfs2/cluster.conf", "ocfs2/cluster.conf"),
        ("/etc/default/xendomains", "default/xendomains"), ("/etc/default/o2cb", "default/o2cb"),
    ]
}

extension Substring {
    /// Whether the line's comment would hold a secret, were it none.
    func hasCommentedSecret(of path: String) -> Bool {
        guard let comment = firstIndex(of: "#") else { return false }
        return !FileKind.secrets(in: SourceText(path: path, text: String(self[comment...].drop { $0 == "#" }))).isEmpty
    }
}
