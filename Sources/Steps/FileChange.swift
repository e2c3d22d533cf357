public import ClusterModel
public import Diagnostics
public import Repository

/// What happens to one file of this host.
public struct FileChange: Hashable, Sendable {
    public let action: ChangeAction
    public let format: HostFile.Format
    /// Absolute, without the prefix of `--root`.
    public let path: HostPath
    public let old: SourceText?
    public let new: SourceText?
    /// DRBD resources to adjust; of a file that goes, those to take down.
    public let resources: [String]
    /// Whether what a file that goes defines stands in another file now: it has to go before that one comes.
    public var isSuperseded = false
    /// Whether what is there is somebody's own work: neither what was put there, nor what a commit in question has.
    public var isEdited = false
    /// Where the file system is mounted that a file which comes belongs onto: below it nothing is written while nothing is mounted there.
    public var mountPoint: String?

    public init(
        action: ChangeAction, format: HostFile.Format, path: HostPath, old: SourceText?, new: SourceText?, resources: [String]
    ) {
        self.action = action
        self.format = format
        self.path = path
        self.old = old
        self.new = new
        self.resources = resources
    }

    /// Whether the new text holds passwords or keys.
    public var holdsSecrets: Bool { new.map { !format.secrets(in: $0).isEmpty } ?? false }

    /// The lines that differ, as people like to read them, passwords and keys left out.
    public var difference: [String] {
        if let old, old.bytes == new?.bytes { return ["its mode becomes 0600: it holds secrets"] }
        let known = Set(old.map { format.secrets(in: $0).map(\.value) } ?? [])
        let (before, after) = (hidingSecrets(of: old, knowing: known), hidingSecrets(of: new, knowing: known))
        return TextDiff(from: before, to: after).description.split(separator: "\n").map { String($0).concealingSecrets }
    }

    /// Of a secret that changes this much is said.
    private func hidingSecrets(of source: SourceText?, knowing known: Set<String>) -> String {
        guard let source else { return "" }
        let isKnown = { (value: String) in old == nil || known.contains(value) }
        return source.replacing(format.secrets(in: source)) { isKnown($0.value) ? "******" : "****** (another)" }.text
    }
}
