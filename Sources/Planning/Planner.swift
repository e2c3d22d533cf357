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
    private let commit: CommitID?
    private let baseCommit: CommitID?
    private let base: DesiredState?
    private let desired: DesiredState
    private let live: CIB
    private let files: FilePlanner
    private let volumes: VolumePlanner
    private let growth: VolumeGrowth
    private let cluster: ClusterStatus?
    private let drbd: Known<[String: DRBDCondition]>
    private let metadata: [String: Known<DRBDMetadata>]?
    private let node: NodeName?
    private let part: RepositoryPart?
    private let contested: Set<String>
    private var leftAlone: [String] = []
    private let mended: [ResourceID]
    private let complete: CRMCompletion

    private var edits = Edits()
    private var changes: [Change] = []
    private var held: [Held] = []
    private var unmanaged: [Unmanaged] = []
    private var notices: [Finding] = []
    private var misfits: [Finding] = []
    /// Objects with another content, the live ones and what becomes of them; new parts have no id yet.
    private var drafts: [(live: CIBObject?, new: CIBObject)] = []
    /// Live objects that are accounted for, but for those that the desired state declares under the same name.
    private var matched: Set<ObjectID> = [ClusterRecord.set]
    /// The live objects that stand for declared ones of another name.
    private var counterparts: [ObjectID: ObjectID] = [:]
    private lazy var tree = live.resourceTree
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
    ///   - intent: what the commit means to do with volumes beyond what its files say.
    ///   - node: this host, by the name that the cluster has for it.
    ///   - part: where the desired state stands.
    ///   - contested: matters of changes, and paths of files, that somebody else sets again and again: they are left as they are.
    public init(
        commit: CommitID?, base: (commit: CommitID?, state: DesiredState?), desired: DesiredState, live: CIB,
        files: LiveFiles, hostBases: [DesiredState], cluster: ClusterStatus? = nil, drbd: Known<[String: DRBDCondition]> = .known([:]),
        metadata: [String: Known<DRBDMetadata>]? = nil, volumes: Known<LiveVolumes>? = nil, intent: VolumeIntent = VolumeIntent(),
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
        self.drbd = drbd
        self.metadata = metadata
        self.node = node
        complete = CRMCompletion(live: live, desired: desired)
        containment = Containment(desired)
        referenced = ReferencedIDs(desired)
        self.files = FilePlanner(bases: hostBases, desired: desired, live: files, contested: contested)
        self.volumes = VolumePlanner(
            bases: hostBases, desired: desired, live: volumes, on: node, intent: intent, isInForce: commit != nil && commit == base.commit,
            standing: live.drbdResources,
            files: { [changes = self.files.changes] in VolumeUsers(files, changes) })
        growth = VolumeGrowth(desired, volumes?.value, drbd.value ?? [:], on: node, online: cluster?.onlineNodes)
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
        try checkMembership()
        try checkValues()
        observeRest()
        if deferral.isEmpty { record() }
        let lost = LostReferences(in: live, after: edits, desired)
        let lostSecrets = base.map { LostSecrets(after: edits, base: $0).among(live.objects) } ?? []
        let parts = Plan.Parts(
            commit: commit, base: baseCommit, changes: changes.inReadingOrder, files: files.changes, volumes: volumes.changes,
            volumeFaults: volumes.faults, grown: growth.resources, newcomers: newcomers, isPostponed: !growth.isEmpty, held: held,
            unmanaged: unmanaged, unmanagedFiles: files.unmanaged, hostFiles: desired.placedFiles,
            unreachableFiles: files.unreachable, hazards: hazards,
            missingSecrets: files.missingSecrets, lostSecrets: lostSecrets, deferred: deferral.objects, managedCount: base?.declarations.count ?? 0,
            misfits: (edits.isEmpty ? [] : [live.unreadableSchema].compactMap(\.self)) + misfits + orphaned + lost.findings,
            misplaced: files.misplaced,
            notices: notices + files.blocked + volumes.notices + growth.notices + lost.unknownDevices
                + lostSecrets.map { Finding.warning($0.message) }, live: live, edits: edits,
            activeResources: Set((cluster?.resources ?? []).lazy.filter(\.isActive).map { ResourceID($0.id) }), isOnCluster: cluster != nil,
            drbd: drbd, node: node, mended: mended, contested: (leftAlone + files.leftAlone).sorted())
        return Plan(parts)
    }

    /// While a commit comes in, what the CIB has may be started at any moment. Once it is in force, a host that was away catches up with
    /// what the others have: there only what is up is in use.
    private var hazards: [String] {
        guard cluster != nil else { return files.hazards.messages(.unknown("there is no cluster"), expected: []) }
        return files.hazards.messages(drbd, expected: edits.isEmpty ? [] : live.drbdResources)
    }

    /// Only where the commit brings a resource the CIB is looked through for what is new in it.
    private var newcomers: DRBDNewcomers {
        guard let node, (edits.added.map(\.id) + edits.changed.keys).contains(where: { $0.kind == .resource }) else { return DRBDNewcomers() }
        let inUse = live.drbdResources
        let names = live.applying(edits).drbdResources.subtracting(inUse)
        guard !names.isEmpty else { return DRBDNewcomers() }
        return DRBDNewcomers(
            names, of: desired, files.changes, volumes.changes, inUse: inUse, drbd: drbd, metadata: metadata, on: node, cluster: cluster)
    }

    /// A file goes, and what needs it stays in the cluster: nobody may delete that, where the commit that made it is not in the repository any more.
    private var orphaned: [Finding] {
        let going = files.changes.filter { $0.action == .delete }
        guard !going.isEmpty else { return [] }
        let wanted = live.applying(edits)
        let (tree, resources) = (wanted.resourceTree, wanted.drbdResources)
        let domains = Set(wanted.objects.compactMap(tree.domainFile))
        return going.filter { domains.contains($0.path.text) || !resources.isDisjoint(with: $0.resources) }.map { change in
            .error(
                "\(change.path) would go, and what needs it stays in the cluster",
                remedy: "declare the resource again; or delete it from the cluster by hand first")
        }
    }

    private mutating func checkReferences() throws(Findings) {
        let dangling = DanglingReferences(of: desired, base: base, live: live)
        guard dangling.errors.isEmpty else { throw Findings(dangling.errors) }
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
        if let holder = holder(of: object) { return leave(object, to: holder) }
        guard let counterpart = counterpart(of: object) else {
            return drafts.append((nil, object))
        }
        if counterpart.id != object.id {
            matched.insert(counterpart.id)
            counterparts[object.id] = counterpart.id
        }
        if object.id.kind == .node { compareNumbers(object.id, counterpart.element.id) }
        if Owner.of(counterpart.id) == .agent { return held.append(Held(counterpart.id, holder: .agent)) }
        let own = containment.releasing(counterpart)
        let before = base?[object.id] ?? base?[counterpart.id]
        change(counterpart, to: merged(own, base: (before?.object.element).map { complete($0) }, desired: object.element))
    }

    /// The number of a node is corosync's, and no commit changes it.
    private mutating func compareNumbers(_ node: ObjectID, _ present: String?) {
        guard let declaration = desired[node], let number = declaration.object.element.id, let present, number != present else { return }
        notices.append(
            .warning(
                "node \(node.name) has the id \(present) in the cluster, and stays so: the repository says \(number)",
                at: declaration.place(of: node.name), remedy: "write node \(present): \(node.name)"))
    }

    /// What comes under an id that something of another kind has in the cluster, whoever made that.
    private func clash(of object: CIBObject) -> Finding? {
        let others = live.objects.lazy.filter { $0.id.kind != object.id.kind && $0.id.kind != .node && object.id.kind != .node }
        guard let other = others.first(where: { $0.id.name == object.id.name || $0.members.contains(object.id.name) }),
            !edits.removed.contains(other.id)
        else { return nil }
        return .error(
            "the id \(object.id.name) is that of a \(other.id.kind.rawValue) in the cluster", at: desired[object.id]?.place(of: object.id.name),
            remedy: "give one of the two another name")
    }

    /// A constraint that is made for a time, and that an import of another day may have brought into git: a ban, or DRBD's fence. To make it anew
    /// when whoever made it has taken it away would keep a healthy node from being promoted.
    private mutating func leave(_ object: CIBObject, to holder: Owner) {
        let isDRBD = holder == .drbdFencing
        matched.insert(object.id)
        if live[object.id] != nil { held.append(Held(object.id, holder: holder)) }
        notices.append(
            Finding(
                .notice,
                "\(object.id.name) is left as it is: \(isDRBD ? "DRBD's fence-peer handler" : "crm resource move or ban") makes such a constraint, and takes it away",
                at: desired[object.id]?.place(of: object.id.name), remedy: "remove it from the repository, or give it \(object.nameOfItsOwn)"))
    }

    private func holder(of object: CIBObject) -> Owner? {
        guard object.id.kind == .constraint else { return nil }
        return Owner.of(object, in: desired.resourceTree) ?? Owner.of(object, in: live.resourceTree)
    }

    private mutating func merged(_ live: CIBObject, base: Element?, desired: Element) -> Element {
        var merge = Merge(policy: self.desired.policy.merge, features: self.live.features, isReferenced: referenced.contains)
        let merged = merge.object(base: base, desired: desired, live: live.element)
        held += merge.held.map { Held(live.id, $0) }
        unmanaged += merge.unmanaged.map { Unmanaged(object: live.id, tag: live.element.name, path: $0) }
        return merged
    }

    private mutating func change(_ object: CIBObject, to merged: Element) {
        guard merged != object.element else { return }
        drafts.append((object, CIBObject(id: object.id, element: merged)))
    }

    private mutating func settleDrafts() {
        if !edits.removed.isEmpty { moveSecrets() }
        let schema = LiveSchema(live: live, desired: desired)
        for (draft, object) in zip(drafts, live.naming(drafts, isReferenced: referenced.contains)) {
            let made = draft.live.map { Change.changes(from: $0, to: object) } ?? [Change(creating: object)]
            guard !leaveAlone(object.id, made) else { continue }
            let clash = draft.live == nil ? clash(of: object) : nil
            misfits += clash.map { [$0] } ?? schema?.misfits(of: object, insteadOf: draft.live) ?? []
            if draft.live != nil { edits.change(object.id, to: object.element) } else { edits.add(object) }
            changes += made
        }
    }

    private mutating func moveSecrets() {
        let secrets = MovedSecrets(of: live, removing: edits.removed)
        for index in drafts.indices { drafts[index].new.element = secrets.takenOver(by: drafts[index].new.element) }
    }

    private func counterpart(of object: CIBObject) -> CIBObject? {
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

    // MARK: What git no longer declares

    private mutating func abandon(_ object: CIBObject) {
        guard let present = counterpart(of: object), !matched.contains(present.id) else { return }
        let owner = Owner.of(present, in: tree)
        if owner != .agent, object.id.kind.isSet || object.id.kind == .node {
            empty(present, base: object.element)
        } else if owner == nil {
            delete(present, reason: nil)
        }
    }

    /// Of a set of options, and of a node, only those fields go that were in git.
    private mutating func empty(_ present: CIBObject, base: Element) {
        matched.insert(present.id)
        let nothing = Element(present.element.name, present.element.attributes)
        let rest = merged(present, base: base, desired: nothing)
        if rest.children.isEmpty, present.id.kind.isSet { delete(present, reason: nil) } else { change(present, to: rest) }
    }

    /// What is contested stays as somebody else wants it.
    private mutating func leaveAlone(_ object: ObjectID, _ made: [Change]) -> Bool {
        guard !contested.isEmpty, made.flatMap(\.matters).contains(where: contested.contains) else { return false }
        leftAlone.append(object.name)
        return true
    }

    private mutating func delete(_ object: CIBObject, reason: String?) {
        matched.insert(object.id)
        guard !leaveAlone(object.id, [Change(deleting: object, reason: reason)]) else { return }
        edits.remove(object.id)
        if object.isRetirement, object.references.contains(where: isGoing) { return }  // it has served its purpose, and goes unmentioned
        changes.append(Change(deleting: object, reason: reason))
    }

    private func isGoing(_ resource: String) -> Bool {
        let id = ObjectID(.resource, resource)
        return edits.removed.contains(id) || live[id].map { edits.turns($0) } ?? false
    }

    /// What git doesn't declare loses what is deleted: a constraint on a resource that is gone is no valid CIB, whoever made it. Tags first,
    /// since a constraint may be about one.
    private mutating func deleteDependents() {
        guard !edits.removed.isEmpty else { return }
        for kind in [ObjectID.Kind.tag, .constraint] {
            for object in live.objects where object.id.kind == kind && desired[object.id] == nil { deprive(object) }
        }
    }

    private mutating func deprive(_ object: CIBObject) {
        guard !edits.removed.contains(object.id), let gone = (object.tagged + object.references).first(where: isDeleted) else { return }
        guard let rest = object.losing(isDeleted) else {
            return delete(object, reason: object.id.kind == .tag ? "all that it stands on is deleted" : "it refers to \(gone), which is deleted")
        }
        edits.change(object.id, to: rest)
        changes.append(Change(object, to: rest, reason: "\(gone) is deleted"))
    }

    private func isDeleted(_ name: String) -> Bool {
        edits.removed.contains(ObjectID(.resource, name)) || edits.removed.contains(ObjectID(.tag, name))
    }

    /// `@id` takes a value that the cluster has: a password, mostly. Where there is none, nothing may happen.
    private func checkValues() throws(Findings) {
        let missing = edits.missingPairs(in: live)
        guard missing.isEmpty else { throw Findings(missing.map { missingValue($0.pair, of: $0.object) }) }
    }

    private func missingValue(_ pair: String, of object: ObjectID) -> Finding {
        // The commit in force did without it: a revert brings back what git has.
        let isBack = base.map { $0[object]?.object.element.refers(toPair: pair) != true } ?? false
        let why = isBack ? ": if an earlier commit removed it, it is gone, since git never had it, and a revert can't bring it back" : ""
        let byHand =
            live[object] == nil
            ? "create \(object.name) in the cluster by hand, with its value, and the reference finds it" : "set it in the cluster by hand"
        return .error(
            "\(object.name) refers to \"\(pair)\", and the cluster has no such value\(why)",
            at: desired[object]?.place(of: "@" + pair) ?? desired[object]?.place(), remedy: "write the value itself, or \(byHand)")
    }

    private func checkMembership() throws(Findings) {
        let findings = containment.conflicts(in: live, after: edits)
        guard findings.isEmpty else { throw Findings(findings) }
    }

    // MARK: What git never declared

    private mutating func observeRest() {
        for object in live.objects where !desired.declares(object.id) && !matched.contains(object.id) {
            observeLeases(of: object)
            if object.isRetirement {
                delete(object, reason: "it served to stop a resource that stays")
            } else if let holder = Owner.of(object, in: tree) {
                if holder != .cluster { held.append(Held(object.id, holder: holder)) }
            } else {
                unmanaged.append(Unmanaged(object: object.id, tag: object.element.name, path: nil))
            }
        }
    }

    /// A node on standby, a cluster in maintenance: worth a word also where git says nothing about the node or the options.
    private mutating func observeLeases(of object: CIBObject) {
        guard object.id.kind == .node || object.id.kind == .properties else { return }
        var merge = Merge(policy: desired.policy.merge)
        let nothing = Element(object.element.name, object.element.attributes)
        _ = merge.object(base: nil, desired: nothing, live: object.element)
        held += merge.held.filter { $0.holder == .operatorOverride }.map { Held(object.id, $0) }
    }

    // MARK: The record

    private mutating func record() {
        guard let commit else { return }
        // Such a CIB takes no patch that compares; where nothing else is to be done, it is not worth a refusal.
        guard live.featureSet != nil || !edits.isEmpty else { return }
        var record = ClusterRecord(in: live)
        guard record.applied != commit else { return }
        record.applied = commit
        record.part = part ?? record.part
        if commit != record.good { record.held = nil }
        record.write(to: &edits, of: live)
    }
}
