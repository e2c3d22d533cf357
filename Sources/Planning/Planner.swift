public import CIB
public import ClusterModel
public import Diagnostics
public import LiveState
internal import Records
public import Repository
internal import Steps
internal import XML

/// Computes a plan from three states: what was applied, what is wanted, what is.
public struct Planner {
    let commit: CommitID?
    let baseCommit: CommitID?
    let base: DesiredState?
    let desired: DesiredState
    let live: CIB
    let files: FilePlanner
    let volumes: VolumePlanner
    let liveVolumes: LiveVolumes?
    let liveFiles: LiveFiles
    let restarts: Restarts
    let growth: VolumeGrowth
    let domains: DomainPlanner
    let cluster: ClusterStatus?
    let isWayBack: Bool
    let drbd: Known<[String: DRBDCondition]>
    let metadata: [String: Known<DRBDMetadata>]?
    let node: NodeName?
    private let part: RepositoryPart?
    let contested: Set<String>
    var leftAlone: [String] = []
    let mended: [ResourceID]
    private let complete: CRMCompletion
    /// Names of what a person has held for too long.
    let ended: Set<String>

    var edits = Edits()
    var changes: [Change] = []
    var held: [Held] = []
    var reverted: [Held] = []
    var unmanaged: [Unmanaged] = []
    var notices: [Finding] = []
    var misfits: [Finding] = []
    /// Objects with another content, the live ones and what becomes of them; new parts have no id yet.
    private var drafts: [(live: CIBObject?, new: CIBObject)] = []
    /// Live objects that are accounted for, but for those that the desired state declares under the same name.
    var matched: Set<ObjectID> = [ClusterRecord.set]
    /// The live objects that stand for declared ones of another name.
    private(set) var counterparts: [ObjectID: ObjectID] = [:]
    lazy var tree = live.resourceTree
    private let containment: Containment
    private let referenced: ReferencedIDs

    /// - Parameters:
    ///   - commit: what `desired` is the state of; nil for uncommitted edits.
    ///   - base: the state of the commit last applied; nil if there is none, or it is no longer in the repository.
    ///   - hostBases: the states of the commits whose files may be on this host.
    ///   - cluster: nil where there is none: a CIB in a file.
    ///   - drbd: the DRBD resources that are up on this host.
    ///   - metadata: what the disks of those hold that the commit brings; nil where nobody has looked.
    ///   - volumes: those of LVM on this host; nil where nobody has looked.
    ///   - domains: the domUs that run on this host; nil where nobody has looked.
    ///   - intent: what the commit means to do with volumes beyond what its files say.
    ///   - node: this host, by the name that the cluster has for it.
    ///   - part: where the desired state stands.
    ///   - contested: matters of changes, and paths of files, that somebody else sets again and again: they are left as they are.
    public init(
        commit: CommitID?, base: (commit: CommitID?, state: DesiredState?), desired: DesiredState, live: CIB,
        files: LiveFiles, hostBases: [DesiredState], cluster: ClusterStatus? = nil, drbd: Known<[String: DRBDCondition]> = .known([:]),
        metadata: [String: Known<DRBDMetadata>]? = nil, volumes: Known<LiveVolumes>? = nil,
        domains: Known<[String: LiveDomain]>? = nil, intent: CommitIntent = CommitIntent(),
        node: NodeName? = nil, part: RepositoryPart? = nil,
        contested: Set<String> = []
    ) {
        self.part = part
        self.contested = contested
        self.commit = commit
        baseCommit = base.commit
        self.base = base.state
        self.desired = desired
        self.live = live
        self.cluster = cluster
        isWayBack = intent.isWayBack
        self.drbd = drbd
        self.metadata = metadata
        self.node = node
        complete = CRMCompletion(live: live, desired: desired)
        ended = ClusterRecord(in: live).endedHolds
        containment = Containment(desired)
        referenced = ReferencedIDs(desired)
        liveFiles = files
        let cold = commit != nil && commit != base.commit ? desired.coldDomains(since: base.state, cluster) : []
        restarts = Restarts(intent.restarted, cold: cold, in: live, desired)
        self.files = FilePlanner(bases: hostBases, desired: desired, live: files, contested: contested)
        self.volumes = VolumePlanner(
            bases: hostBases, desired: desired, live: volumes, on: node, intent: intent, isInForce: commit != nil && commit == base.commit,
            standing: live.drbdResources,
            files: { [changes = self.files.changes] in VolumeUsers(files, changes, live, desired) })
        liveVolumes = volumes?.value
        growth = VolumeGrowth(desired, volumes?.value, drbd.value ?? [:], on: node, online: cluster?.onlineNodes)
        let bringsDRBD = self.files.changes.contains { $0.format == .drbd && $0.action == .create }
        self.domains = DomainPlanner(base: base.state, desired: desired, live: domains, isBringingDRBD: bringsDRBD)
        let failures = MendedFailures(live: live, desired: desired, changes: self.files.changes, times: files.times)
        mended = cluster == nil ? [] : node.map(failures.resources) ?? []
    }

    /// - Throws: `Findings` where the desired state refers to what exists neither in it nor in the cluster.
    public mutating func plan() throws(Findings) -> Plan {
        try checkReferences()
        explainBase()
        let deferral = Deferral(of: desired, live: live, unreachable: files.unreachable)
        for declaration in desired.declarations where !deferral.covers(declaration.object.id) {
            bring(complete(declaration.object))
        }
        for declaration in base?.declarations ?? [] where !desired.declares(declaration.object.id) {
            abandon(complete(declaration.object))
        }
        settleDrafts()
        arrangeSets()
        deleteDependents()
        try refuse(containment.conflicts(in: live, after: edits))
        try refuse(MissingValues(in: live, after: edits, desired, base: base).findings)
        observeRest()
        record(isWhole: deferral.isEmpty)
        return Plan(parts(deferring: deferral.objects))
    }

    private mutating func checkReferences() throws(Findings) {
        let dangling = DanglingReferences(of: desired, base: base, live: live)
        try refuse(dangling.errors)
        notices += dangling.notices
    }

    private mutating func explainBase() {
        guard base == nil else { return }
        let why =
            baseCommit.map { "the commit last applied, \($0.short), is not in the repository" }
            ?? "the cluster has no record of a commit applied before"
        notices.append(Finding(.notice, "\(why): nothing is deleted"))
    }

    // MARK: What git declares

    private mutating func bring(_ object: CIBObject) {
        let leases = Leases(desired: desired, live: live)
        if let driftClass = leases.driftClass(of: object) { return leave(object, as: driftClass, leases) }
        guard let counterpart = counterpart(of: object) else {
            return drafts.append((nil, object))
        }
        if counterpart.id != object.id {
            matched.insert(counterpart.id)
            counterparts[object.id] = counterpart.id
        }
        notices += [NodeNumbers(of: desired).difference(of: object.id, from: counterpart)].compactMap(\.self)
        if DriftClass.of(counterpart.id)?.owner == .agent { return hold(counterpart.id, as: .agent) }
        let own = containment.releasing(counterpart)
        let before = base?[object.id] ?? base?[counterpart.id]
        change(counterpart, to: merged(own, base: (before?.object.element).map { complete($0) }, desired: object.element))
    }

    private mutating func leave(_ object: CIBObject, as driftClass: DriftClass, _ leases: Leases) {
        matched.insert(object.id)
        if live[object.id] != nil { hold(object.id, as: driftClass) }
        notices.append(leases.notice(of: object, as: driftClass))
    }

    /// The whole object stays as it is.
    mutating func hold(_ object: ObjectID, as driftClass: DriftClass) {
        if desired.policy.drift[driftClass] == .hold { held.append(Held(object, as: driftClass)) }
    }

    mutating func merged(_ live: CIBObject, base: Element?, desired: Element) -> Element {
        var merge = Merge(
            policy: self.desired.policy.drift, features: self.live.features, ended: ended.fields(of: live.id), isReferenced: referenced.contains)
        let merged = merge.object(base: base, desired: desired, live: live.element)
        held += merge.held.map { Held(live.id, $0) }
        reverted += merge.reverted.map { Held(live.id, $0) }
        unmanaged += merge.unmanaged.map { Unmanaged(object: live.id, tag: live.element.name, path: $0) }
        return merged
    }

    mutating func change(_ object: CIBObject, to merged: Element) {
        guard merged != object.element else { return }
        drafts.append((object, CIBObject(id: object.id, element: merged)))
    }

    private mutating func settleDrafts() {
        if !edits.removed.isEmpty { moveSecrets() }
        let schema = LiveSchema(live: live, desired: desired)
        let named = live.naming(drafts, isReferenced: referenced.contains)
        let clashes = ClashingIDs(live: live, edits: edits, desired: desired, drafts: zip(drafts, named).map { (live: $0.live, new: $1) })
        for (draft, object) in zip(drafts, named) {
            let made = draft.live.map { Change.changes(from: $0, to: object) } ?? [Change(creating: object)]
            guard !leaveAlone(object.id, made) else { continue }
            let clash = draft.live == nil ? clashes.clash(of: object) : nil
            misfits += clash.map { [$0] } ?? schema?.misfits(of: object, insteadOf: draft.live) ?? []
            if draft.live != nil { edits.change(object.id, to: object.element) } else { edits.add(object) }
            changes += made
        }
    }

    private mutating func moveSecrets() {
        let secrets = MovedSecrets(of: live, removing: edits.removed)
        for index in drafts.indices { drafts[index].new.element = secrets.takenOver(by: drafts[index].new.element) }
    }

    func counterpart(of object: CIBObject) -> CIBObject? {
        Counterparts(base: base, desired: desired, live: live).counterpart(of: object, isTaken: matched.contains)
    }

    /// Sets of options stand in the order in which git declares them, where that decides anything.
    private mutating func arrangeSets() {
        for kind in ObjectID.Kind.allCases where kind.isSet {
            let declared = desired.declarations.map(\.object.id).filter { $0.kind == kind }.map { counterparts[$0] ?? $0 }
            guard declared.count > 1, let order = SetOrder(kind, of: live, after: edits, declared: declared) else { continue }
            edits.arrange(kind, order.wanted.map(\.id))
            if let change = order.change(in: live) { changes.append(change) }
        }
    }

    private func refuse(_ findings: [Finding]) throws(Findings) {
        if !findings.isEmpty { throw Findings(findings) }
    }

    /// What is contested stays as somebody else wants it.
    mutating func leaveAlone(_ object: ObjectID, _ made: [Change]) -> Bool {
        guard !contested.isEmpty, made.flatMap(\.matters).contains(where: contested.contains) else { return false }
        leftAlone.append(object.name)
        return true
    }

    // MARK: The record

    private mutating func record(isWhole: Bool) {
        guard let commit else { return }
        // Such a CIB takes no patch that compares; where nothing else is to be done, it is not worth a refusal.
        guard live.featureSet != nil || !edits.isEmpty else { return }
        var record = ClusterRecord(in: live)
        guard isWhole else {
            if !edits.isEmpty { record.begun = commit }
            return record.write(to: &edits, of: live)
        }
        guard record.applied != commit || record.begun != nil || !ended.isEmpty else { return }
        record.begun = nil
        record.endedHolds = []  // this very transaction puts right what was held
        record.applied = commit
        record.part = part ?? record.part
        if commit != record.good { record.held = nil }
        record.write(to: &edits, of: live)
    }
}
