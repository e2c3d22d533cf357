internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Reconciling
internal import Records
internal import Safety
internal import Steps
internal import TestKit

// What the executor does: each of its effects may be the last one, may come late, may fail, and may be told wrongly.
extension SimulatedWorld {
    func perform(_ permit: consuming Permit, _ answer: @escaping Answer) {
        let (step, fingerprint) = (permit.step, permit.fingerprint)
        cluster.report(.asked(node.name, .perform))
        let fate = cluster.faults.fate(of: step.id, on: node.name)
        suffer(fate, before: true)
        let hang = fate == .late ? simulation.random.number(5000...90000) : max(0, node.toolsHangUntil - simulation.now)
        simulation.after(5 + hang...200 + hang) { land(step, fingerprint, fate, answer, until: simulation.now + 10_000) }
    }

    /// The effect itself. A command that was started goes on when the daemon is killed, or stopped; a write of a file does not.
    ///
    /// - Parameter deadline: for what waits for another host.
    private func land(_ step: Step, _ fingerprint: Fingerprint, _ fate: Fate, _ answer: @escaping Answer, until deadline: Int) {
        guard node.host.hasPower, node.life == life || step.action.isCommand && simulation.random.chance(2) else { return }
        if node.isFrozen, !step.action.isCommand || simulation.random.chance(2) {
            return simulation.after(1000) { land(step, fingerprint, fate, answer, until: deadline) }
        }
        guard fate != .fails, simulation.now >= node.toolsFailUntil else { return end(step, .failed("the tool failed"), fate, answer) }
        if case .firstSync(let resource, let begins, _) = step.action, simulation.now < deadline,
            cluster.hasToWait(for: resource, begins, on: node.host)
        {
            return simulation.after(500) { land(step, fingerprint, fate, answer, until: deadline) }
        }
        cluster.report(.performing(node.name, step, fingerprint))
        cluster.effects += 1
        let outcome = perform(step, fingerprint, fate)
        cluster.say("\(node.name): \(step.id) -> \(outcome)")
        cluster.report(.performed(node.name, step, fingerprint, outcome))
        suffer(fate, before: false)
        end(step, fate == .lies ? .failed("the tool was killed after its work") : outcome, fate, answer)
    }

    private func end(_ step: Step, _ outcome: StepOutcome, _ fate: Fate, _ answer: @escaping Answer) {
        simulation.after(5...100) {
            guard node.life == life, node.host.hasPower else { return }
            switch step.action {
            case .ban, .transact, .record: node.seenEpoch = cluster.partition(of: node.name)?.cib.version.epoch ?? node.seenEpoch
            default: break
            }
            reply(.performed(step.id, outcome), answer)
        }
    }

    private func perform(_ step: Step, _ fingerprint: Fingerprint, _ fate: Fate) -> StepOutcome {
        switch step.action {
        case .writeFile(let change): share(change, node.host.write(change, for: fingerprint.commit))
        case .removeFile(let change): share(change, node.host.remove(change, for: fingerprint.commit))
        case .createVolume(let change): create(change, fate)
        case .growVolume(let change): node.host.grow(change)
        case .removeVolume(let change): node.host.remove(change)
        case .createMetadata(_, let devices): node.host.createMetadata(on: devices)
        case .up(let resource): cluster.bringUpNew(resource, on: node.host)
        case .firstSync(let resource, let begins, _): cluster.begin(resource, begins, on: node.host)
        case .resize(let resource): cluster.resize(resource, on: node.host)
        case .adjust(let resource): node.host.adjust(resource)
        case .down(let resource): node.host.takeDown(resource)
        // No simulated host tells of domUs, or has such files, so that no plan has these.
        case .changeDomain, .reloadCorosync, .registerNodes: .nothingToDo
        case .forgetFailures(let resource, let name): forget(resource, on: name)
        case .ban(let transaction, _): swap(transaction, step)
        case .transact(let transaction):
            cluster.partition(of: node.name)?.hasQuorum == false ? .moved("this partition has lost its quorum") : swap(transaction, step)
        case .record(let edit): record(edit, step)
        }
    }

    private func share(_ change: FileChange, _ outcome: StepOutcome) -> StepOutcome {
        if outcome == .done { cluster.share(change.path.text, changedBy: node.name) }
        return outcome
    }

    /// Who dies with it may die in the middle of it.
    private func create(_ change: VolumeChange, _ fate: Fate) -> StepOutcome {
        let isCutOff = [.killAfter, .powerCutAfter].contains(fate) && cluster.chance.chance(2)
        return node.host.create(change, cluster.chance.chance(2) ? .foreign("ext4") : .nothing, isCutOff: isCutOff)
    }

    private func forget(_ resource: ResourceID, on name: NodeName) -> StepOutcome {
        guard let partition = cluster.partition(of: node.name), node.host.isInCluster else { return .failed("the cluster does not run here") }
        partition.refusals = partition.refusals.filter { $0.resource != resource.text || $0.node != name }
        partition.forgetFailures(of: resource, on: name)
        cluster.scheduler.evaluate(partition)
        return .done
    }

    private func swap(_ transaction: Transaction, _ step: Step) -> StepOutcome {
        guard let partition = cluster.partition(of: node.name), node.host.isInCluster else { return .failed("the cluster does not run here") }
        guard !transaction.isEmpty else { return .nothingToDo }
        let former = partition.cib
        guard partition.swap(transaction) else { return .moved("the configuration was changed by someone else") }
        cluster.changed(partition, from: former, by: .daemon(node.name, step))
        return .done
    }

    private func record(_ edit: RecordEdit, _ step: Step) -> StepOutcome {
        guard let cib = cluster.partition(of: node.name)?.cib else { return .failed("the cluster does not run here") }
        var edits = Edits()
        edit.write(to: &edits, of: cib)
        return swap(Transaction(from: cib, edits), step)
    }
}

extension Action {
    /// Whether a process of its own does it.
    var isCommand: Bool {
        switch self {
        case .writeFile, .removeFile: false
        case .createVolume, .growVolume, .removeVolume, .createMetadata, .up, .firstSync, .resize, .adjust, .down, .changeDomain, .reloadCorosync,
            .registerNodes, .forgetFailures, .ban, .transact,
            .record:
            true
        }
    }
}

// The executor's work on a host.
extension Host {
    func write(_ change: FileChange, for commit: CommitID?) -> StepOutcome {
        guard let new = change.new else { return .nothingToDo }
        guard isAsPlanned(change) else { return .moved("\(change.path) has changed since it was looked at") }
        if let point = change.mountPoint, !isMounted { return .moved("nothing is mounted on \(point) any more") }
        if let commit {
            if let index = deposits.firstIndex(where: { $0.commit == commit }) {
                deposits[index].paths.insert(change.path.text)
            } else {
                deposits.append((commit, [change.path.text]))
            }
        }
        if let old = files[change.path.text] { backups[change.path.text] = old }
        files[change.path.text] = new.at(change.path.text)
        return .done
    }

    func remove(_ change: FileChange, for commit: CommitID?) -> StepOutcome {
        guard let old = files[change.path.text] else { return .nothingToDo }
        guard isAsPlanned(change) else { return .moved("\(change.path) has changed since it was looked at") }
        backups[change.path.text] = old
        files[change.path.text] = nil
        return .done
    }

    private func isAsPlanned(_ change: FileChange) -> Bool {
        let present = files[change.path.text]?.bytes
        return present == change.old?.bytes || present == change.new?.bytes
    }

    func adjust(_ resource: String) -> StepOutcome {
        guard drbd[resource] != nil else { return .nothingToDo }
        guard let definition = definition(of: resource) else { return .failed("no resource \(resource) defined") }
        drbd[resource] = definition
        return .done
    }

    func takeDown(_ resource: String) -> StepOutcome {
        guard drbd[resource] != nil else { return .nothingToDo }
        guard definition(of: resource) != nil else { return .failed("no resource \(resource) defined") }
        guard !primaries.contains(resource) else { return .failed("\(resource) is held open") }
        drbd[resource] = nil
        return .done
    }
}
