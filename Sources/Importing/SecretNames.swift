internal import Diagnostics

/// What the secrets of one file are called in a repository: after the file, `xps-101-shared-secret`; equal ones alike.
struct SecretNames {
    private let stem: String
    private var references: [Key: SecretReference] = [:]
    private var counts: [String: Int] = [:]

    private struct Key: Hashable {
        let keyword, value: String
    }

    /// - Parameter path: of the file, in the repository.
    init(path: String) {
        let name = path.split(separator: "/").last ?? ""
        stem = String(name.prefix(upTo: name.lastIndex(of: ".") ?? name.endIndex))
    }

    mutating func reference(for secret: Secret) -> SecretReference {
        let keyword = secret.path.last ?? ""
        let key = Key(keyword: keyword, value: secret.value)
        if let known = references[key] { return known }
        counts[keyword, default: 0] += 1
        let count = counts[keyword] ?? 1
        let reference = SecretReference(naming: "\(stem.prefix(40))-\(keyword)" + (count > 1 ? "-\(count)" : ""))
        references[key] = reference
        return reference
    }
}
