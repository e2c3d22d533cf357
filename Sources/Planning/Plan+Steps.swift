internal import CIB
internal import ClusterModel
public import LiveState
internal import Records
internal import Repository
public import Steps

extension Plan {
    var orderedSteps: [Step] { StepList(self).steps }

    /// Those of a stage.
    public func steps(_ stage: Stage) -> [Step] { steps.filter { $0.stage == stage } }
}

/// Puts what a plan changes into the order in which it is safe.
private struct StepList {
    private let plan: Plan
    private let files: FileStages
    private(set) var steps: [Step] = []

    init(_ plan: Plan) {
        self.plan = plan
        files = plan.fileStages
        prepare()
        stop()
        replace()
        commit()
        judge()
        retire()
    }

    private mutating func add(
        _ action: Action, _ stage: Stage, _ scope: Scope, _ reason: String = "", undo: Undo, risk: Risk = .none,
        limit: Duration = .seconds(60)
    ) {
        steps.append(Step(action, stage: stage, scope: scope, reason: reason, undo: undo, risk: risk, limit: limit))
    }

    // MARK: Files and DRBD

    private mutating func prepare() {
        for change in files.unused { remove(change, .prepare, "nothing in the cluster uses it") }
        for change in plan.volumes where change.action != .delete { extend(change) }
        for change in files.additive { write(change, .prepare) }
        for newcomer in plan.newcomers where newcomer.isHere && newcomer.isKnown && !newcomer.isLate { raise(newcomer, .prepare) }
    }

    private mutating func replace() {
        for change in files.vacating { remove(change, .replace, "what comes takes its place") }
        for change in files.replacing { write(change, .replace) }
        let written = Set((files.additive + files.replacing).flatMap(\.resources))
        for resource in plan.drbdToAdjust(written).sorted() {
            add(
                .adjust(drbd: resource), .replace, .everyNode, written.contains(resource) ? "its file changes" : "it is not as its file says",
                undo: .by("the former file, adjusted to"), risk: .disrupts([ResourceID(resource)]))
        }
        for cluster in plan.parts.systemFiles.unregistered {
            add(.registerNodes(ocfs2: cluster), .replace, .everyNode, "the kernel lacks a node of it", undo: .kept("a node too many does no harm"))
        }
        for newcomer in plan.newcomers where newcomer.isHere && newcomer.isKnown && newcomer.isLate { raise(newcomer, .replace) }
        for change in plan.domainChanges {
            add(
                .changeDomain(change), .replace, plan.node.map(Scope.node) ?? .leader, "it runs, and takes this while it does", undo: change.undo)
        }
        for newcomer in plan.newcomers where newcomer.isNew && !newcomer.isJoining { begin(newcomer) }
        for resource in plan.grown {
            add(
                .resize(drbd: resource), .replace, plan.node.map(Scope.node) ?? .leader, "its disks have grown on every node",
                undo: .kept("the room stays"))
        }
        guard let node = plan.node else { return }
        for resource in plan.mended {
            add(
                .forgetFailures(resource, on: node), .replace, .node(node), "it failed for want of a file that is here now",
                undo: .kept("a failure that comes back is counted anew"))
        }
    }

    private mutating func retire() {
        for change in files.retiring { remove(change, .retire, "the CIB has let it go") }
        for change in plan.volumes where change.action == .delete {
            add(
                .removeVolume(change), .retire, scope(of: change), "the commit lets it be destroyed", undo: .none,
                risk: .destroys([change.path.asset]))
        }
    }

    /// Up before the CIB has it: who has data, and who needs them, the sides find out between themselves.
    private mutating func raise(_ newcomer: DRBDNewcomer, _ stage: Stage) {
        guard let scope = plan.node.map(Scope.node) else { return }
        if !newcomer.empty.isEmpty {
            add(
                .createMetadata(drbd: newcomer.name, on: newcomer.empty), stage, scope,
                "nothing is on \(newcomer.empty.map(\.disk).joined(separator: ", "))",
                undo: .kept("the metadata stay"), limit: .seconds(300))
        }
        if !newcomer.isUp { add(.up(drbd: newcomer.name), stage, scope, "before Pacemaker takes it over", undo: .by("down")) }
    }

    /// One host for all of them: the first. The others are not ready before they have data too, so that nobody commits in between.
    private mutating func begin(_ newcomer: DRBDNewcomer) {
        guard let node = plan.node, let first = newcomer.hosts.first else { return }
        add(
            .firstSync(drbd: newcomer.name, begins: first == node, copies: !newcomer.isOnNewDisks), .replace, .node(node),
            first != node
                ? "\(first) lets it begin"
                : newcomer.isOnNewDisks ? "it has no data: nothing is copied" : "it has no data: this disk is copied to the others",
            undo: .kept("its sides stay equal"),
            limit: .seconds(120))
    }

    // MARK: Volumes

    private mutating func extend(_ change: VolumeChange) {
        let isNew = change.action == .create
        add(
            isNew ? .createVolume(change) : .growVolume(change), .prepare, scope(of: change),
            change.sizes + (change.isForDRBD ? ", empty for DRBD" : ""),
            undo: .kept(isNew ? "the volume and its data stay" : "the room stays"))
    }

    private func scope(of change: VolumeChange) -> Scope { change.isEverywhere ? .everyNode : plan.node.map(Scope.node) ?? .everyNode }

    private mutating func write(_ change: FileChange, _ stage: Stage) {
        let isKept = change.format.isOfTheSystem && change.old == nil
        let undo = isKept ? Undo.kept("it stays") : .by(change.old == nil ? "removing it" : "the former version, which is kept")
        add(.writeFile(change), stage, .everyNode, undo: undo, limit: .seconds(20))
    }

    private mutating func remove(_ change: FileChange, _ stage: Stage, _ reason: String) {
        for resource in change.resources where plan.mayBeUp(resource) {
            add(.down(drbd: resource), stage, .everyNode, reason, undo: .kept("its metadata and its data stay"))
        }
        add(.removeFile(change), stage, .everyNode, reason, undo: .by("the last version, which is kept"), limit: .seconds(20))
    }

    // MARK: The CIB

    private mutating func stop() {
        let going = plan.goingResources
        let active = plan.active(going)
        guard !active.isEmpty || plan.isOnCluster && plan.standsForDRBD(going) else { return }
        let retirement = Retirement(of: going, in: plan)
        let why =
            Set(going).isSubset(of: plan.restarted.map(\.text)) ? "the commit wants them started anew" : "they go while their constraints still hold"
        add(
            .ban(retirement.transaction(on: plan.live), active), .stop, .leader, why,
            undo: .by("lifting the ban"), risk: .disrupts(active), limit: .seconds(600))
    }

    private mutating func commit() {
        guard plan.needsTransaction else { return }
        if plan.isOnCluster, plan.parts.systemFiles.reloadsCorosync {
            add(.reloadCorosync, .commit, .leader, "every node has the file by then", undo: .by("the former file, reloaded"))
        }
        add(
            .transact(plan.transaction), .commit, .leader, undo: .by("the transaction back to the commit that was good"),
            risk: .disrupts(plan.touched.sorted()), limit: .seconds(120))
    }

    private mutating func judge() {
        guard let commit = plan.commit, plan.isOnCluster, plan.deferred.isEmpty, ClusterRecord(in: plan.live).good != commit else { return }
        add(.record(.good(commit)), .judge, .leader, "when all that it touches is healthy", undo: .none)
    }
}

extension Plan {
    /// DRBD resources that are up and whose file says something else now, be it that an earlier adjustment never happened. A split brain, or a disk
    /// that has failed, looks like that too, and is not for adjusting away.
    fileprivate func drbdToAdjust(_ written: Set<String>) -> Set<String> {
        guard case .known(let up) = drbd else { return written }
        // One that waits for its peer in vain may do so for want of just that.
        return Set(up.filter { written.contains($0.key) || !$0.value.adjustment.isEmpty && $0.value.disturbance?.isAway != false }.keys)
    }

    /// Where it can't be known, the step finds out.
    fileprivate func mayBeUp(_ resource: String) -> Bool { drbd.value.map { $0[resource] != nil } ?? true }

    fileprivate func active(_ resources: [String]) -> [ResourceID] { resources.map(ResourceID.init).filter { activeResources.contains($0) } }

    /// Whether something that goes has been started since the plan was made: what is to be done before it goes is not in the plan.
    public func isOvertaken(by cluster: ClusterStatus) -> Bool {
        goingResources.contains { !activeResources.contains(ResourceID($0)) && cluster.isActive($0) }
    }
}
