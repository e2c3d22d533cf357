internal import CIB
internal import ClusterModel
internal import Executing
internal import Host
internal import LiveState
internal import Observing
internal import Planning
internal import Reconciling
internal import Repository
internal import Safety
internal import Steps

// The stages that change something. Each is safe to perform again after it was interrupted anywhere.
extension Worker {
    private var files: FileWriter {
        let backups = settings.stateDirectory + "/backup/" + (survey?.commit?.id.hex ?? "")
        return FileWriter(tree: FileTree(root: settings.root ?? "/"), backupDirectory: backups)
    }

    var writer: CIBWriter { CIBWriter(settings.cib, scratchDirectory: settings.scratchDirectory) }

    /// Writes what is new or changed, lets DRBD adjust to it, and tells the others.
    func prepare() async throws -> Outcome {
        guard let survey else { return .moved("there is no plan") }
        let changes = survey.plan.files.toPrepare
        if !changes.isEmpty, let commit = survey.commit?.id { try surveyor.record.begin(commit) }
        for change in changes {
            if change.action == .delete { try files.remove(change) } else { try files.write(change) }
            deeds.files.append(change)
            journal.say("\(change.action == .delete ? "removed" : "wrote") \(change.path)")
        }
        for change in changes where change.format == .drbd && change.action == .change { try await adjust(change) }
        if settings.cib == .cluster, let commit = survey.commit?.id {
            try await Announcement().announce(commit, isComplete: survey.plan.unreachableFiles.isEmpty)
        }
        return .done
    }

    private func adjust(_ change: FileChange) async throws {
        guard settings.actsOnHost else { return }
        for resource in change.resources {
            guard try await DRBDAdministrator().adjust(resource) else { continue }
            journal.say("adjusted DRBD resource \(resource)")
        }
    }

    /// "Commit on the DC when all online nodes of the cluster have prepared this commit."
    func gather() async throws -> Outcome {
        guard let survey, let cluster = survey.cluster, let commit = survey.commit?.id else { return .done }
        let announced = try await ClusterObserver().announcements(Announcement.prepared).mapValues(Announcement.Prepared.init)
        let missing = cluster.onlineNodes.filter { announced[$0]?.commit != commit }
        guard missing.isEmpty else {
            return .waiting("\(missing.joined(separator: ", ")) has not prepared \(commit.short) yet: coxswain has to run there too")
        }
        let hasWriter = cluster.onlineNodes.contains { announced[$0]?.isComplete == true }
        let domains = survey.plan.unwrittenDomains.map(\.id.name)
        guard hasWriter || domains.isEmpty else {
            return .waiting("no node has written the file of \(domains.joined(separator: ", ")) yet")
        }
        return .done
    }

    /// Bans what is to be deleted from every node, constraints still in force, so that Pacemaker stops it in the right order.
    func stop() async throws -> Outcome {
        guard let survey else { return .moved("there is no plan") }
        let doomed = survey.plan.deletedResources.filter { survey.cluster?.isActive($0) == true }
        let retirement = Retirement(of: survey.plan.deletedResources, in: survey.plan)
        let names = doomed.joined(separator: ", ")
        if !retirement.isComplete(in: survey.plan.live) {
            let outcome = try await writer.write(survey.plan.live, retirement.applied(to: survey.plan.live))
            guard outcome == .committed else { return ending(outcome) }
            journal.say("stopping \(names)")
        }
        let since = stoppingSince ?? .now
        stoppingSince = since
        guard ContinuousClock.now - since < Self.stopLimit else {
            stoppingSince = nil
            return .failed("\(names) did not stop within \(Self.stopLimit)")
        }
        return .waiting("\(names) is still running")
    }

    /// "Wait until the cluster settles, with a time limit (a failing cluster never settles)."
    private static let stopLimit = Duration.seconds(600)

    /// The one transaction.
    func commit() async throws -> Outcome {
        guard let approved = approved?.take() else { return .moved("there is no approved plan") }
        let outcome = try await writer.commit(approved)
        if outcome == .committed {
            stoppingSince = nil
            deeds.transaction = survey?.plan
            journal.say("committed the transaction")
        }
        return ending(outcome)
    }

    private func ending(_ outcome: CIBWriter.Outcome) -> Outcome {
        switch outcome {
        case .committed: .done
        case .moved: .moved("the configuration was changed by someone else")
        }
    }

    /// "After the commit the CIB is read again and compared."
    func verify() async throws -> Outcome {
        guard let wanted = survey?.plan.wanted else { return .moved("there is no plan") }
        let live = try await settings.cib.read()
        let differing = wanted.objects.filter { live[$0.id]?.element.canonical() != $0.element.canonical() }
        guard !differing.isEmpty else { return remainder(survey?.plan.deferred ?? []) }
        if live.version.hasSameConfiguration(as: wanted.version) {
            return .failed("after the commit \(differing.map(\.id.name).joined(separator: ", ")) is not as it was written")
        }
        return .moved("the configuration was changed again after the commit")
    }

    private func remainder(_ deferred: [ObjectID]) -> Outcome {
        guard let first = deferred.first else { return .done }
        return .waiting("\(first.name) and what belongs to it follow when their file system is mounted")
    }

    /// Takes down and removes what the CIB has let go.
    func retire() async throws -> Outcome {
        guard let survey else { return .moved("there is no plan") }
        for change in survey.plan.files.toRetire {
            if change.format == .drbd, settings.actsOnHost {
                for resource in change.resources {
                    guard try await DRBDAdministrator().down(resource) else { continue }
                    journal.say("took DRBD resource \(resource) down; its data stay")
                }
            }
            try files.remove(change)
            deeds.files.append(change)
            journal.say("removed \(change.path)")
        }
        return .done
    }
}
