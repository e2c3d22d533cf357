internal import CorosyncSyntax
internal import DRBDSyntax
public import Diagnostics
internal import XenSyntax

extension FileKind {
    /// The passwords and keys in a file of a repository.
    public static func secrets(in source: SourceText) -> [Secret] {
        switch FileKind(path: source.path) {
        case .drbd: HostFile.Format.drbd.secrets(in: source)
        case .xen: HostFile.Format.xen.secrets(in: source)
        case .corosync: CorosyncConfiguration.secrets(in: source)
        default: []
        }
    }
}

extension HostFile.Format {
    /// The passwords and keys in a file of this format.
    public func secrets(in source: SourceText) -> [Secret] {
        switch self {
        case .drbd: DRBDConfiguration.secrets(in: source)
        case .xen: XenConfiguration.secrets(in: source)
        case .corosync: CorosyncConfiguration.secrets(in: source)
        case .ocfs2, .shell: []
        }
    }
}

extension HostFile {
    public var secrets: [Secret] { found.value { format.secrets(in: source) } }

    /// The file as it is on a host, where the values of its secrets are.
    ///
    /// - Parameters:
    ///   - secrets: those of the node.
    ///   - former: the file as the host has it. A secret that the node does not have keeps the value that it has there.
    /// - Returns: also the references that have no value at all, or none that can be written there.
    public func resolved(with secrets: NodeSecrets, keeping former: SourceText?) -> (file: HostFile, missing: [SecretReference]) {
        let own = self.secrets.filter { $0.reference != nil }
        guard !own.isEmpty else { return (self, []) }
        var kept = KeptSecrets(former.map { format.secrets(in: $0) } ?? [])
        var missing: [SecretReference] = []
        let text = source.replacing(own) { secret in
            guard let reference = secret.reference else { return nil }
            let former = kept.next(at: secret.path)
            let value = secrets.values[reference.name] ?? (secrets.unreadable[reference.name] == nil ? former : nil)
            if value.flatMap(secret.text(for:)) == nil { missing.append(reference) }
            return value
        }
        return (HostFile(format: format, name: name, source: text, resources: resources), missing)
    }
}

/// The secrets of a host's file, one after the other for each place.
private struct KeptSecrets {
    private var values: [[String]: [String]]

    init(_ secrets: [Secret]) {
        values = Dictionary(grouping: secrets.reversed(), by: \.path).mapValues { $0.map(\.value) }
    }

    mutating func next(at path: [String]) -> String? { values[path]?.popLast() }
}

extension DesiredState {
    /// Files with passwords or keys in them.
    public var secretFiles: [HostFile] { files.filter { !$0.secrets.isEmpty } }
}

extension [HostFile] {
    /// The secrets that the files refer to.
    public var secretNames: Set<String> {
        Set(flatMap(\.secrets).compactMap(\.reference).filter(\.isValid).map(\.name))
    }
}
