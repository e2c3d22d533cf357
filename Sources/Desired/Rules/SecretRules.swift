internal import CIB
internal import Catalogue
internal import Diagnostics
internal import XML

/// Passwords and keys that a repository should not hold.
enum SecretRules: RuleSet {
    static func findings(in inventory: Inventory) -> [Finding] {
        let files = inventory.files.drbd.flatMap { plain(HostFile.Format.drbd.secrets(in: $0.source), in: $0.source) }
            + inventory.files.xen.flatMap { plain(HostFile.Format.xen.secrets(in: $0.source), in: $0.source) }
        return files + inventory.declarations.all.flatMap(plain)
    }

    private static func plain(_ secrets: [Secret], in source: SourceText) -> [Finding] {
        secrets.filter { $0.reference == nil && !$0.value.isEmpty }.map { secret in
            let name = secret.path.last ?? ""
            return Finding(.plainSecret, "the value of \(name) can be read by all who can read the repository", at: source.place(secret.range),
                remedy: Rule.plainSecret.remedy)
        }
    }

    private static func plain(_ declaration: Declaration) -> [Finding] {
        declaration.object.element.secretPairs.map { pair in
            Finding(
                .plainSecret, "the value of \(pair.name) can be read by all who can read the repository",
                at: declaration.place(of: pair.name),
                remedy: "write @ID:\(pair.name), ID being that of the pair in the cluster: it keeps the value that it has there")
        }
    }

    /// Every reference to a secret that can't be one, in a file.
    static func misnamed(_ secrets: [Secret], in source: SourceText) -> [Finding] {
        secrets.filter { $0.reference?.isValid == false }.map { secret in
            Finding(
                .secretName, "\"\(secret.value)\" names no secret", at: source.place(secret.range), expected: SecretReference.expected)
        }
    }
}
