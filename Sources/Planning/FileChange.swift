public import DRBDSyntax
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
    /// DRBD resources to adjust; of a file that goes, those to take down.
    public let resources: [String]
    /// Whether what a file that goes defines stands in another file now: it has to go before that one comes.
    public var isSuperseded = false

    /// The lines that differ, as people like to read them.
    public var difference: [String] {
        let lines = TextDiff(from: old?.text ?? "", to: new?.text ?? "").description.split(separator: "\n")
        return lines.map { Self.hidingSecret($0) }
    }

    /// `shared-secret "…"` of DRBD, `vncpasswd = "…"` of Xen.
    private static func hidingSecret(_ line: Substring) -> String {
        for word in ["shared-secret", "passwd"] {
            guard let range = line.firstRange(of: word) else { continue }
            return line[..<range.upperBound] + " ******"
        }
        return String(line)
    }
}

extension FileChange {
    /// A resource that is still wanted is not taken down, whatever becomes of the file that it stood in.
    fileprivate func sparing(_ wanted: Set<String>) -> FileChange {
        guard action == .delete, !resources.isEmpty else { return self }
        var change = FileChange(
            action: action, format: format, path: path, old: old, new: new, resources: resources.filter { !wanted.contains($0) })
        change.isSuperseded = change.resources.count < resources.count
        return change
    }
}

extension [FileChange] {
    /// What is done before the transaction, in the order in which no DRBD resource is ever defined twice: files that
    /// another one replaces go, then files change, then new ones come.
    public var toPrepare: [FileChange] {
        filter(\.isSuperseded) + filter { $0.action == .change } + filter { $0.action == .create }
    }

    /// What is done after it.
    public var toRetire: [FileChange] { filter { $0.action == .delete && !$0.isSuperseded } }
}

/// The files of one host, as far as the repository cares about them.
public struct LiveFiles: Hashable, Sendable {
    /// By absolute path, without the prefix of `--root`.
    public var contents: [String: SourceText]
    /// Why a file or directory could not be read. Such a file is neither written nor removed.
    public var unreadable: [String: String]

    /// Mount points of the cluster that are not mounted on this host: what belongs onto them is another host's business.
    public var unmounted: Set<String>

    /// What drbdadm reads, in the repository's directory and elsewhere.
    public var drbd = DRBDReading()

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
    private(set) var hazards: [String] = []
    /// What must not be written where it belongs: with any of it, nothing may be done.
    private(set) var misplaced: [Finding] = []
    private let placement: DRBDPlacement

    /// - Parameter bases: the commits whose files may be on the host.
    init(bases: [DesiredState], desired: DesiredState, live: LiveFiles) {
        self.desired = desired
        self.live = live
        placement = DRBDPlacement(live, desired.policy)
        var known: Set<String> = []
        for file in desired.files { known.insert(write(file)) }
        for base in bases {
            for file in base.files {
                let path = base.policy.path(of: file)
                if known.insert(path).inserted { remove(file, at: path) }
            }
        }
        let wanted = Set(desired.files.flatMap(\.resources))
        hazards = DRBDHazards(changes, wanted: wanted).messages
        changes = changes.map { $0.sparing(wanted) }
        unmanaged = live.contents.keys.filter { !known.contains($0) }.sorted()
    }

    /// What the DRBD resources of the host will have in common when all is written: below it both texts are compared.
    private var common: SourceText? {
        desired.files.first(where: \.isCommon)?.source ?? live.contents["\(desired.policy.drbdDirectory)/\(HostFile.commonName)"]
            ?? placement.common
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
        switch placement.verdict(on: file, at: path, under: common) {
        case .isElsewhere(let notice):
            blocked.append(notice)
            return path
        case .isImpossible(let refusal):
            misplaced.append(refusal)
            return path
        case nil: break
        }
        let old = live.contents[path]
        if let old, file.means(the: old, under: common) { return path }
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
