internal import DRBDSyntax
internal import Diagnostics
internal import LiveState
internal import Repository

/// The part of an adoption that is about files of this host.
struct HostFileAdoption {
    /// By path in the repository.
    private(set) var texts: [String: SourceText] = [:]
    private(set) var errors: [Finding] = []

    private let host: LiveFiles
    private let desired: DesiredState
    private let inForce: DesiredState

    init(_ wishes: [AdoptionWish], _ host: LiveFiles, _ desired: DesiredState, inForce: DesiredState) {
        (self.host, self.desired, self.inForce) = (host, desired, inForce)
        for case .file(let path) in wishes { take(path) }
    }

    private mutating func take(_ path: String) {
        guard let live = host.contents[path] else {
            let why = host.unreadable[path] ?? "it is not on this host"
            return errors.append(.error("\(path) can't be adopted: \(why)", remedy: "what is to go is removed from the repository by hand"))
        }
        let declared = desired.files.first { desired.policy.path(of: $0) == path }
        let then = inForce.files.first { inForce.policy.path(of: $0) == path }
        guard declared?.source.bytes == then?.source.bytes else {
            return errors.append(.error("\(path) was changed by a commit that is not in force yet: what differs is no drift"))
        }
        guard let place = place(of: path), !live.isManagedByLINSTOR else {
            return errors.append(
                .error(
                    "\(path) is nothing for a repository",
                    expected: "a .res file, global_common.conf, a .cfg file, or one of the system's that the repository has"))
        }
        let content = declared.map { $0.adopting(live) } ?? live
        let text = hidingSecrets(of: SourceText(path: place, bytes: content.bytes), declared)
        if let finding = text.encodingFinding { errors.append(finding) }
        texts[place] = text
    }

    private func place(of path: String) -> String? {
        if let file = desired.files.first(where: { $0.format.isOfTheSystem && desired.policy.path(of: $0) == path }) {
            return "\(file.format.rawValue)/\(file.name)"
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let place = path.hasPrefix(desired.policy.xenDirectory + "/") && name.hasSuffix(".cfg") ? "xen/" + name : "drbd/" + name
        return FileKind(path: place) == nil ? nil : place
    }

    /// The repository's own references stand where it has them; others get a name as import gives it.
    private mutating func hidingSecrets(of source: SourceText, _ declared: HostFile?) -> SourceText {
        var known = Dictionary(grouping: (declared?.secrets ?? []).filter { $0.reference != nil }.reversed(), by: \.path)
        var names = SecretNames(path: source.path)
        let text = source.replacing(FileKind.secrets(in: source)) { secret in
            guard secret.reference == nil, !secret.value.isEmpty else { return nil }
            return (known[secret.path]?.popLast()?.reference ?? names.reference(for: secret)).description
        }
        let former = Set(declared?.source.text.split(separator: "\n").map(String.init) ?? [])
        for (index, line) in text.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where line.hasCommentedSecret(of: text.path) && !former.contains(String(line)) {
            errors.append(.error("the comment in line \(index + 1) of \(source.path) speaks of a secret", remedy: "take it out on the host first"))
        }
        let left = FileKind.secrets(in: text).filter { $0.reference == nil && !$0.value.isEmpty }
        for secret in left { errors.append(.error("\(secret.path.last ?? "") in \(source.path) is a secret that no reference can stand for")) }
        return text
    }
}
