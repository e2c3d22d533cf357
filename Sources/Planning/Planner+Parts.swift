internal import CIB
internal import ClusterModel
internal import DRBDSyntax
internal import Diagnostics
internal import LiveState
internal import Repository
internal import Steps

// What all has come to, once the objects of the CIB are settled.
extension Planner {
    func parts(deferring deferred: [ObjectID]) -> Plan.Parts {
        let transaction = Transaction(from: live, edits)
        let stages = Once<FileStages>()
        let lost = LostReferences(in: live, after: edits, desired)
        let newcomers = node.map {
            DRBDNewcomers(
                transaction, desired, since: base, files.changes, stages, volumes.changes, liveVolumes, drbd: drbd, metadata: metadata, on: $0,
                cluster: cluster)
        }
        let up = Set((drbd.value ?? [:]).keys).subtracting((newcomers?.all ?? []).map(\.name))
        let additions = node.map { [DRBDAddition](files.changes, desired, up: up, on: $0) } ?? []
        let written = Set(files.changes.filter { $0.action != .delete }.flatMap(\.resources))
        let disturbed = DisturbedReplication(drbd, newcomers: newcomers?.all ?? [])
        let lostSecrets = base.map { LostSecrets(after: edits, base: $0).among(live.objects) } ?? []
        return Plan.Parts(
            commit: commit, base: baseCommit, changes: changes.inReadingOrder, files: files.changes, stages: stages, volumes: volumes.changes,
            volumeFaults: volumes.faults, grown: growth.resources, newcomers: newcomers ?? DRBDNewcomers(), additions: additions,
            additionFaults: additions.faults(metadata),
            systemFiles: SystemFiles(base: base, desired: desired, live: liveFiles, changes: files.changes), restarted: restarts.resources,
            newFilesystems: NewFilesystems(changes, desired, volumes.changes, newcomers?.all.filter { !$0.isJoining } ?? [], on: node).all,
            domainChanges: domains.changes, outdatedDomains: domains.outdated, domainFaults: domains.faults, isPostponed: !growth.isEmpty,
            isWayBack: isWayBack, held: held + files.held, reverted: reverted,
            unmanaged: unmanaged, unmanagedFiles: files.unmanaged, hostFiles: desired.placedFiles,
            unreachableFiles: files.unreachable, hazards: hazards, drbdHazards: files.hazards,
            missingSecrets: files.missingSecrets, lostSecrets: lostSecrets, deferred: deferred, managedCount: base?.declarations.count ?? 0,
            managedDeletions: managedDeletions, knowsBase: base != nil,
            misfits: (edits.isEmpty ? [] : [live.unreadableSchema].compactMap(\.self)) + misfits
                + OrphanedResources(of: files.changes, after: transaction).findings + lost.findings
                + UntypedNodes(live: live, edits: edits, isOnCluster: cluster != nil).findings,
            misplaced: files.misplaced,
            notices: notices + files.blocked + volumes.notices + growth.notices + lost.unknownDevices + disturbed.notices(sparing: written)
                + restarts.notices + UndefinedReplications(drbd, defined: definedReplications).notices
                + lostSecrets.map { Finding.warning($0.message) }
                + OverruledValues(live: live, edits: edits, desired: desired, counterparts: counterparts).warnings, transaction: transaction,
            activeResources: Set((cluster?.resources ?? []).lazy.filter(\.isActive).map { ResourceID($0.id) }), isOnCluster: cluster != nil,
            drbd: drbd, drbdCommon: files.footing, node: node, mended: mended + joining(newcomers?.all ?? []),
            contested: (leftAlone + files.leftAlone).sorted())
    }

    /// What Pacemaker could not start here, of resources that come up now, or are up by now.
    private func joining(_ newcomers: [DRBDNewcomer]) -> [ResourceID] {
        guard let node, let failed = cluster?.failedStarts(on: node), !failed.isEmpty else { return [] }
        let names = Set(newcomers.filter { $0.isJoining && $0.isKnown }.map(\.name)).union((drbd.value ?? [:]).keys)
        let tree = live.resourceTree
        return failed.filter { tree[$0].flatMap(tree.drbdResource).map(names.contains) ?? false }.map { ResourceID($0) }.sorted()
            .filter { !mended.contains($0) }
    }

    private var managedDeletions: [ObjectID] {
        changes.filter { $0.action == .delete && ($0.reason == nil || base?.declares($0.id) == true) }.map(\.id)
    }

    /// By the files that are wanted, those that were, and whatever else drbdadm reads on this host.
    private var definedReplications: Set<String> {
        guard case .known(let up) = drbd, !up.isEmpty else { return [] }
        let wanted = Set(desired.files.flatMap(\.resources) + liveFiles.deposited.values.joined())
        guard !up.keys.allSatisfy(wanted.contains) else { return wanted }
        let files = liveFiles.contents.values.filter { $0.path.hasSuffix(".res") } + liveFiles.drbd.files
        return wanted.union(files.flatMap { DRBDConfiguration.parse($0).configuration.resources.map(\.name) })
    }

    /// While a commit comes in, what the CIB has may be started at any moment. Once it is in force, a host that was away catches up with
    /// what the others have: there only what is up is in use.
    private var hazards: [String] {
        guard cluster != nil else { return files.hazards.messages(.unknown("there is no cluster"), expected: []) }
        return files.hazards.messages(drbd, expected: edits.isEmpty ? [] : live.drbdResources)
    }
}
