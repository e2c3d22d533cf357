internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import Executing
internal import LiveState
internal import Observing
internal import Planning
internal import Repository
public import Safety
internal import Steps
internal import Validation

// Those who are asked about a plan.
extension EvidenceReader {
    /// What validate says of the objects that a commit brings or changes.
    func verdicts(on plan: Plan, of reading: DesiredReader.Reading) -> [Finding] {
        guard plan.commit == nil || plan.commit != plan.base else { return [] }
        return reading.judged.verdicts(on: Set(plan.changes.filter { $0.action != .delete }.map(\.id)))
    }

    /// How the cluster was when the CIB was written into a file, where it matters for the plan: what it takes away may run, and what it changes.
    func statusInFile(_ plan: Plan, _ live: LiveState, _ depth: Depth) async -> (status: ClusterStatus?, unclear: [Finding]) {
        guard depth == .whole, case .file(let path) = settings.cib, live.cib.status?.hasNodes == true else { return (nil, []) }
        guard !plan.deletedResources.isEmpty || plan.files.contains(where: { $0.format == .xen }) else { return (nil, []) }
        do {
            return (try await ClusterObserver().status(in: path), [])
        } catch {
            return (nil, [.warning("what runs, as the status of this CIB says, can't be told: \(error)")])
        }
    }

    func verification(_ plan: Plan, _ depth: Depth) async -> Opinion {
        if let brevity = depth.brevity { return .notAsked(brevity) }
        guard plan.needsTransaction, plan.misfits.isEmpty else { return .notAsked("the plan has no transaction that could be made") }
        if let verified, verified.commit == plan.commit, verified.version.hasSameConfiguration(as: plan.live.version) { return verified.opinion }
        let verifier = CIBVerifier(scratchDirectory: settings.scratchDirectory)
        let opinion = Opinion(await verifier.remarks(on: plan.wanted, insteadOf: plan.live, deleting: Set(plan.deletedResources)))
        verified = if case .unknown = opinion { nil } else { (plan.commit, plan.live.version, opinion) }
        return opinion
    }

    func forecast(_ plan: Plan) async -> Known<Forecast>? {
        guard !plan.changes.isEmpty || !plan.restarted.isEmpty, plan.misfits.isEmpty, plan.live.status != nil else { return nil }
        if let simulated, simulated.commit == plan.commit, simulated.version == plan.live.version { return simulated.forecast }
        let forecast = await TransitionSimulator(scratchDirectory: settings.scratchDirectory).forecast(of: plan)
        simulated = forecast.value.map { _ in (plan.commit, plan.live.version, forecast) }
        return forecast
    }

    /// drbdadm is shown the files as they are after each stage that changes some: between two of them it must not be wrong either.
    func drbdadm(_ plan: Plan, _ files: LiveFiles, _ policy: Policy) async -> Opinion {
        let stages = plan.drbdFileStages
        guard !stages.isEmpty else { return .notAsked("the plan has no file of DRBD's") }
        var preview = preview()
        defer { preview.clear() }
        do {
            for changes in stages {
                try preview.prepare(files, with: changes, under: policy)
                let opinion = Opinion(await preview.complaints())
                guard opinion == .content else { return opinion }
            }
            return .content
        } catch {
            return .unknown("\(error)")
        }
    }

    /// What the disks of DRBD resources hold that a commit brings, or adds to some that are up; nil where there is nothing to ask about. Their files need not be in place yet.
    func metadata(
        of newcomers: [DRBDNewcomer], _ additions: [DRBDAddition], _ plan: Plan, _ files: LiveFiles, _ policy: Policy
    ) async -> [String: Known<DRBDMetadata>]? {
        let unknown = newcomers.filter { !$0.askedFor.isEmpty }
        guard settings.actsOnHost, !unknown.isEmpty || !additions.isEmpty else { return nil }
        var preview = preview()
        defer { preview.clear() }
        do {
            try preview.prepare(files, with: plan.files.filter { $0.format == .drbd }, under: policy)
        } catch {
            return Dictionary(
                (unknown.map(\.name) + additions.map(\.resource)).map { ($0, .unknown("\(error)")) }, uniquingKeysWith: { first, _ in first })
        }
        var metadata: [String: Known<DRBDMetadata>] = [:]
        for newcomer in unknown { metadata[newcomer.name] = await preview.disks.metadata(of: newcomer) }
        for (resource, devices) in Dictionary(grouping: additions, by: \.resource).mapValues({ $0.map(\.device) }) {
            metadata[resource] = await preview.disks.metadata(of: devices, in: resource)
        }
        return metadata
    }

    /// What adjusting would run, by DRBD resource whose file changes: what was judged already is not asked again.
    public func adjustments(_ evidence: Evidence) async throws -> [String: [String]] {
        let changed = Set(evidence.plan.files.filter { $0.format == .drbd && $0.action == .change }.flatMap(\.resources))
        let known = evidence.adjustments.filter { changed.contains($0.key) }
        let others = try await adjustments(of: changed.subtracting(known.keys), evidence)
        return known.merging(others) { known, _ in known }
    }

    /// The same for what is up, to be judged; nothing where drbdadm does not accept the files, or can't tell.
    func adjustmentsOfWhatIsUp(_ evidence: Evidence) async -> [String: [String]] {
        guard evidence.drbdadm == .content, let up = evidence.plan.replicationsUp else { return [:] }
        let written = evidence.plan.files.filter { $0.format == .drbd && $0.action != .delete }.flatMap(\.resources)
        return (try? await adjustments(of: up.intersection(written), evidence)) ?? [:]
    }

    private func adjustments(of resources: Set<String>, _ evidence: Evidence) async throws -> [String: [String]] {
        guard settings.actsOnHost, !resources.isEmpty else { return [:] }
        var preview = preview()
        defer { preview.clear() }
        try preview.prepare(evidence.live.files, with: evidence.plan.files.filter { $0.format == .drbd }, under: evidence.policy)
        return try await preview.adjustments(of: resources.sorted())
    }

    private func preview() -> DRBDPreview {
        DRBDPreview(directory: settings.scratchDirectory + "/drbd", isOnHost: settings.actsOnHost, node: settings.node)
    }
}

extension Opinion {
    init(_ complaints: Known<[String]>) {
        switch complaints {
        case .known(let lines): self = lines.isEmpty ? .content : .complaints(lines)
        case .unknown(let reason): self = .unknown(reason)
        }
    }

    fileprivate init(_ remarks: Known<CIBVerifier.Remarks>) {
        switch remarks {
        case .known(let remarks) where !remarks.errors.isEmpty: self = .complaints(remarks.errors)
        case .known(let remarks): self = remarks.warnings.isEmpty ? .content : .remarks(remarks.warnings)
        case .unknown(let reason): self = .unknown(reason)
        }
    }
}
