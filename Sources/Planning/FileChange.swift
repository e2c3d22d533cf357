public import Desired
public import Diagnostics

/// What happens to one file of this host.
public struct FileChange: Hashable, Sendable {
    public let action: Change.Action
    public let format: HostFile.Format
    /// Absolute, without the prefix of `--root`.
    public let path: String
    public let old: SourceText?
    public let new: SourceText?
    /// DRBD resources that the file defines: those to adjust, or those to take down.
    public let resources: [String]

    /// The lines that differ, as people like to read them.
    public var difference: [String] { TextDiff(from: old?.text ?? "", to: new?.text ?? "").description.split(separator: "\n").map(String.init) }
}

/// The files of one host, as far as the repository cares about them.
public struct LiveFiles: Hashable, Sendable {
    /// By absolute path, without the prefix of `--root`.
    public var contents: [String: SourceText]
    /// Why a file or directory could not be read. Such a file is neither written nor removed.
    public var unreadable: [String: String]

    /// Mount points of the cluster that are not mounted on this host: what belongs onto them is another host's business.
    public var unmounted: Set<String>

    public init(
        contents: [String: SourceText] = [:], unreadable: [String: String] = [:], unmounted: Set<String> = []
    ) {
        self.contents = contents
        self.unreadable = unreadable
        self.unmounted = unmounted
    }

    func isUnmounted(_ path: String) -> Bool { unmounted.contains { path.hasPrefix($0 + "/") } }
}

extension Policy {
    /// Where a file of the repository belongs on the host.
    public func path(of file: HostFile) -> String {
        switch file.format {
        case .drbd: "\(drbdDirectory)/\(file.name)"
        case .xen: "\(xenDirectory)/\(file.name)"
        }
    }
}

/// Compares the files of two commits and of the host.
struct FilePlanner {
    let desired: DesiredState
    let live: LiveFiles
    private(set) var changes: [FileChange] = []
    private(set) var unmanaged: [String] = []
    private(set) var blocked: [Finding] = []
    private(set) var unreachable: [String] = []

    /// - Parameter bases: the commits whose files may be on the host.
    init(bases: [DesiredState], desired: DesiredState, live: LiveFiles) {
        self.desired = desired
        self.live = live
        var known: Set<String> = []
        for file in desired.files { known.insert(write(file)) }
        for base in bases {
            for file in base.files {
                let path = base.policy.path(of: file)
                if known.insert(path).inserted { remove(file, at: path) }
            }
        }
        unmanaged = live.contents.keys.filter { !known.contains($0) }.sorted()
    }

    private mutating func write(_ file: HostFile) -> String {
        let path = desired.policy.path(of: file)
        if live.isUnmounted(path) {
            unreachable.append(path)
            return path
        }
        let directory = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
        if let reason = live.unreadable[path] ?? live.unreadable[directory] {
            blocked.append(.error("\(path) can't be compared: \(reason)"))
            return path
        }
        let old = live.contents[path]
        if let old, file.means(the: old) { return path }
        changes.append(
            FileChange(
                action: old == nil ? .create : .change, format: file.format, path: path, old: old, new: file.source,
                resources: file.resources))
        return path
    }

    private mutating func remove(_ file: HostFile, at path: String) {
        guard let old = live.contents[path] else { return }
        changes.append(
            FileChange(action: .delete, format: file.format, path: path, old: old, new: nil, resources: file.resources))
    }
}
