internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Passwords and keys that a repository should not hold.
enum SecretRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        let files = cluster.files.drbd.map(\.source) + cluster.files.xen.map(\.source) + [cluster.files.corosync?.source].compactMap(\.self)
        return files.flatMap { plain(FileKind.secrets(in: $0), in: $0) } + cluster.declarations.all.flatMap(plain)
    }

    private static func plain(_ secrets: [Secret], in source: SourceText) -> [Finding] {
        secrets.filter { $0.reference == nil && !$0.value.isEmpty }.map { secret in
            let name = secret.path.last ?? ""
            return Finding(
                .plainSecret, "the value of \(name) can be read by all who can read the repository", at: source.place(secret.range),
                remedy: FileKind(path: source.path) == .corosync ? authenticationKey : Rule.plainSecret.remedy)
        }
    }

    /// corosync.conf(5) of key: "Using this option is not recommended for security reasons."
    private static let authenticationKey = "put it into /etc/corosync/authkey, see corosync-keygen(8)"

    private static func plain(_ declaration: Declaration) -> [Finding] {
        let element = declaration.object.element
        let pairs = element.secretNames.map { name in
            finding(
                name, declaration.place(of: name), "write @ID:\(name), ID being that of the pair in the cluster: it keeps the value that it has there"
            )
        }
        let embedded = element.embeddedSecrets.map { name, value in
            finding(name, declaration.valuePlace(value, of: name) ?? declaration.place(of: value), "let the program read it from a file of the node")
        }
        return pairs + embedded
    }

    private static func finding(_ name: String, _ place: Place?, _ remedy: String) -> Finding {
        Finding(.plainSecret, "the value of \(name) can be read by all who can read the repository", at: place, remedy: remedy)
    }
}
