internal import CIB
internal import ClusterModel
internal import DRBDSyntax
internal import Diagnostics
internal import LiveState
internal import Repository
internal import Steps

/// Compares the files of two commits and of the host.
struct FilePlanner {
    let desired: DesiredState
    let live: LiveFiles
    private(set) var changes: [FileChange] = []
    private(set) var unmanaged: [String] = []
    /// What agents have written into files, and stays.
    private(set) var held: [Held] = []
    private(set) var blocked: [Finding] = []
    private(set) var unreachable: [String] = []
    private(set) var missingSecrets: [MissingSecret] = []
    private(set) var hazards = DRBDHazards()
    private(set) var footing = DRBDHazards.Common()
    /// What must not be written where it belongs: with any of it, nothing may be done.
    private(set) var misplaced: [Finding] = []
    private let placement: DRBDPlacement
    private let contested: Set<String>
    /// What the commits whose files may be on the host have in each place.
    private let bases: [DesiredState]
    private let former = Once<[String: [HostFile]]>()
    private let adjusting = Once<[String: ObjectID]>()
    /// What is contested, and would change otherwise.
    private(set) var leftAlone: [String] = []
    /// What the DRBD resources of the host will have in common when all is written: below it both texts are compared.
    let common: DRBDConfiguration?

    /// - Parameter bases: the commits whose files may be on the host.
    init(bases: [DesiredState], desired: DesiredState, live: LiveFiles, contested: Set<String> = []) {
        self.contested = contested
        self.desired = desired
        self.live = live
        placement = DRBDPlacement(live, desired.policy)
        self.bases = bases
        common = desired.files.firstCommon ?? live.drbdFiles.values.firstCommon ?? placement.common?.drbdCommon ?? Self.plain(desired, live)
        var known: Set<String> = []
        for file in desired.files { known.insert(write(file)) }
        for base in bases {
            for file in base.files where !file.format.isOfTheSystem {
                let path = base.policy.path(of: file)
                if known.insert(path).inserted { remove(file, at: path) }
            }
        }
        blocked += placement.remaining(of: bases.flatMap(\.files), without: Set(desired.files.flatMap(\.resources)))
        for (path, resources) in live.deposited.sorted(by: { $0.key < $1.key }) where known.insert(path).inserted && !Self.isOfTheSystem(path) {
            removeLeftover(at: path, resources)
        }
        let wanted = Set(desired.files.flatMap(\.resources))
        leftAlone = changes.map(\.path.text).filter(contested.contains)
        changes.removeAll { contested.contains($0.path.text) }
        footing = sharedFooting
        hazards = DRBDHazards(changes, wanted: wanted, footing)
        changes = changes.map { $0.sparing(wanted) }
        unmanaged = live.contents.keys.filter { !known.contains($0) }.sorted()
    }

    /// A global_common.conf without such a section: all is as DRBD does it anyway.
    private static func plain(_ desired: DesiredState, _ live: LiveFiles) -> DRBDConfiguration? {
        let file = desired.files.first(where: \.isCommon)?.source ?? live.contents["\(desired.policy.drbdDirectory)/\(HostFile.commonName)"]
        return file.map { DRBDConfiguration.parse($0).configuration }
    }

    /// What all DRBD resources have in common before and after the changes, those included that no change is about.
    private var sharedFooting: DRBDHazards.Common {
        guard changes.contains(where: { $0.format == .drbd }) else { return DRBDHazards.Common() }
        let before = live.drbdFiles
        var after = before
        for change in changes where change.format == .drbd { after[change.path.text] = change.new }
        let (old, new) = (before.values.firstCommon, after.values.firstCommon)
        let elsewhere = placement.common?.drbdCommon
        let changed = Set(changes.map(\.path.text))
        let unchanged = old == new ? [] : before.filter { !changed.contains($0.key) }.map(\.value) + placement.definitions
        return DRBDHazards.Common(old: old ?? elsewhere, new: new ?? elsewhere, unchanged: unchanged)
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
        if let old, live.isLedElsewhere(path), keeps(file, the: old) { return path }
        guard let file = resolved(leavingMemory(of: file, old, at: path), at: path), mayStand(file, at: path) else { return path }
        if let old, file.means(the: old, under: common) {
            if live.exposed.contains(path) { narrow(file, old, at: path) }
            return path
        }
        if let old {
            let hazards = SystemFileHazards(of: file, insteadOf: old)
            misplaced += hazards.findings
            blocked += hazards.notices
        }
        var change = FileChange(
            action: old == nil ? .create : .change, format: file.format, path: HostPath(path), old: old, new: file.text(insteadOf: old),
            resources: file.resources)
        change.isEdited = old.map { isEdited($0, at: path) } ?? false
        change.mountPoint = live.mountPoint(of: path)
        changes.append(change)
        return path
    }

    /// Where no commit has had a file there, it was always somebody's own; that is what a cluster that is taken over looks like.
    private func isEdited(_ old: SourceText, at path: String) -> Bool {
        guard live.deposited[path] == nil, let former = formerFiles[path] else { return false }
        return !former.contains { file in
            let resolved = file.resolved(with: live.secrets, keeping: old).file
            return resolved.means(the: old, under: common)
        }
    }

    private var formerFiles: [String: [HostFile]] {
        former.value {
            Dictionary(grouping: bases.flatMap { base in base.files.map { (base.policy.path(of: $0), $0) } }, by: \.0).mapValues { $0.map(\.1) }
        }
    }

    /// What its agent has written there stays, unless the commit itself asks for another share, or the policy says so.
    private mutating func leavingMemory(of file: HostFile, _ old: SourceText?, at path: String) -> HostFile {
        let treatment = desired.policy.drift[.memory]
        guard file.format == .xen, treatment != .revert, let old, let domain = selfAdjusting[path],
            formerFiles[path]?.allSatisfy(file.hasMemory) != false
        else { return file }
        let (own, written) = (HostFile.memory(of: file.source), HostFile.memory(of: old))
        if treatment == .hold, let own, let written, own != written {
            held.append(Held(domain, as: .memory, path: FieldPath(["file", "memory"]), live: written, desired: own))
        }
        return file.keepingMemory(of: old)
    }

    /// The domUs whose memory the agent manages, by their files.
    private var selfAdjusting: [String: ObjectID] {
        adjusting.value {
            let tree = desired.resourceTree
            let domains = desired.declarations.map(\.object).filter { object in
                tree.parameter("allow_mem_management", of: object).map { Scalar.boolean.same($0, "true") } == true
            }
            return Dictionary(domains.compactMap { domain in tree.domainFile(of: domain).map { ($0, domain.id) } }) { first, _ in first }
        }
    }

    /// Whether the values of secrets are all that may differ. On a file system that several nodes have mounted these are the leader's: each node may
    /// have its own.
    private func keeps(_ file: HostFile, the old: SourceText) -> Bool {
        let (resolved, missing) = file.resolved(with: NodeSecrets(), keeping: old)
        return missing.isEmpty && resolved.means(the: old, under: common)
    }

    /// The text may stay; its mode may not.
    private mutating func narrow(_ file: HostFile, _ old: SourceText, at path: String) {
        changes.append(FileChange(action: .change, format: file.format, path: HostPath(path), old: old, new: old, resources: []))
    }

    /// With the values of its secrets; nil where one is missing.
    private mutating func resolved(_ file: HostFile, at path: String) -> HostFile? {
        let former = placement.counterpart(of: file, at: path) ?? live.contents[path]
        let (resolved, missing) = file.resolved(with: live.secrets, keeping: former)
        missingSecrets += missing.map { MissingSecret(reference: $0, path: path, reason: live.secrets.unreadable[$0.name]) }
        return missing.isEmpty ? resolved : nil
    }

    private mutating func mayStand(_ file: HostFile, at path: String) -> Bool {
        switch placement.verdict(on: file, at: path, under: common) {
        case .isElsewhere(let notice): blocked.append(notice)
        case .isImpossible(let refusal): misplaced.append(refusal)
        case nil: return true
        }
        return false
    }

    /// Those of the formats that stay with the host have one place each.
    private static func isOfTheSystem(_ path: String) -> Bool {
        !path.hasSuffix(".res") && !path.hasSuffix(".cfg") && !path.hasSuffix(HostFile.commonName)
    }

    /// What we put here for a commit that nobody has any more.
    private mutating func removeLeftover(at path: String, _ resources: [String]) {
        guard let old = live.contents[path] else { return }
        let format: HostFile.Format = path.hasSuffix(".cfg") ? .xen : .drbd
        changes.append(FileChange(action: .delete, format: format, path: HostPath(path), old: old, new: nil, resources: resources))
    }

    private mutating func remove(_ file: HostFile, at path: String) {
        guard let old = live.contents[path] else { return }
        changes.append(
            FileChange(action: .delete, format: file.format, path: HostPath(path), old: old, new: nil, resources: file.resources))
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

extension LiveFiles {
    /// By path.
    fileprivate var drbdFiles: [String: SourceText] { contents.filter { $0.key.hasSuffix(".res") || $0.key.hasSuffix(HostFile.commonName) } }
}

extension Sequence<SourceText> {
    fileprivate var firstCommon: DRBDConfiguration? { lazy.compactMap(\.drbdCommon).first }
}

extension Sequence<HostFile> {
    /// As a rule it has a file of its own.
    fileprivate var firstCommon: DRBDConfiguration? { first(where: \.isCommon)?.common ?? lazy.compactMap(\.common).first }
}
