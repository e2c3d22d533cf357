internal import ClusterModel
internal import Diagnostics
internal import Executing
internal import GitStore
internal import Host
internal import LiveState
internal import Observing
internal import Reconciling
internal import Repository
internal import Safety
internal import Steps

/// The real world of one node: git, Pacemaker's tools, the host.
///
/// What only looks is given up when the process is to end, whatever hangs; what changes something is finished.
struct NodeWorld: World {
    let settings: Settings
    let mirror: Mirror
    let reader: EvidenceReader
    let executor: Executor
    let announcer: Announcer
    let node: NodeName
    let chronicle: Chronicle
    let watch: ChangeWatch
    let holds: HoldBook
    let leadsAlone: Bool
    private let looks = Tasks()
    private let changes = Tasks()

    init(
        _ settings: Settings, _ mirror: Mirror, _ reader: EvidenceReader, as node: NodeName, _ chronicle: Chronicle, _ watch: ChangeWatch,
        _ holds: HoldBook, leadsAlone: Bool
    ) {
        self.watch = watch
        self.holds = holds
        self.settings = settings
        self.mirror = mirror
        self.reader = reader
        self.node = node
        self.chronicle = chronicle
        self.leadsAlone = leadsAlone
        executor = Executor(
            settings.cib, root: settings.root ?? "/", stateDirectory: settings.stateDirectory, scratchDirectory: settings.scratchDirectory,
            actsOnHost: settings.actsOnHost, deposits: reader.deposits)
        announcer = Announcer(node: node)
    }

    /// Gives up what only looks, and waits for what changes something.
    func close() async {
        looks.cancel()
        await changes.finish()
    }

    // MARK: Looking

    func fetch(since known: CommitID?, _ answer: @escaping Answer) {
        looks.add {
            let fetched = await newestCommit(since: known)
            if case .head = fetched { chronicle.pushNotes() }
            if !Task.isCancelled { answer(.fetched(fetched)) }
        }
    }

    /// The last commit that was fetched stays in force while the server is away, for a process that has just started too.
    private func newestCommit(since known: CommitID?) async -> Event.Fetched {
        do {
            let fetched = try await mirror.fetch(.revision(settings.revision), limit: settings.patience)
            for finding in fetched.findings { chronicle.warn(finding.description) }
            let head = try await mirror.resolve(settings.revision)
            guard let known, known != head.id else { return .head(head, passed: []) }
            return .head(head, passed: ((try? await mirror.range(from: known, to: head.id, limit: 200)) ?? []).map(\.id).filter { $0 != head.id })
        } catch {
            guard let last = try? await mirror.resolve(settings.revision) else { return .nothing("\(error)") }
            return .kept(last, "\(error)")
        }
    }

    func observe(_ answer: @escaping Answer) {
        look(answer) { .observed(try await reader.observe(as: node)) }
    }

    func look(withStatus: Bool, _ answer: @escaping Answer) {
        look(answer) { .looked(try await reader.look(withStatus: withStatus)) }
    }

    func plan(
        _ target: CommitID, head: Commit, _ live: LiveState, isFresh: Bool, sparing contested: Set<String>, _ answer: @escaping Answer
    ) {
        look(answer) {
            let commit = target == head.id ? head : try await mirror.commit(target)
            guard let commit else { return .failed(.invalid("commit \(target.short) is not in the repository any more")) }
            let reading = try await reader.desired.read(commit)
            try await mirror.keep(recordedIn: live.cib, only: !leadsAlone)
            var evidence = try await reader.evidence(for: reading, head: head, live, isFresh: isFresh, leadsAlone: leadsAlone, sparing: contested)
            await chronicle.advise(on: reading, evidence)
            holds.see(&evidence)
            watch.follow(reading.state.policy)
            return .planned(evidence)
        }
    }

    private func look(_ answer: @escaping Answer, _ body: @escaping @Sendable () async throws -> Event) {
        looks.add {
            let event: Event
            do {
                event = try await body()
            } catch {
                event = .failed(Self.trouble(error))
            }
            if !Task.isCancelled { answer(event) }
        }
    }

    /// What is wrong with the commit itself is not mended by trying again.
    private static func trouble(_ error: any Error) -> Event.Trouble {
        switch error {
        case let findings as Findings: .invalid(findings.description)
        case let failure as GitFailure where [.missing, .empty].contains(failure.reason): .invalid(failure.description)
        default: .unavailable("\(error)")
        }
    }

    // MARK: Changing

    func perform(_ permit: consuming Permit, _ answer: @escaping Answer) {
        let step = permit.step
        let box = PermitBox(permit)
        changes.add {
            guard let permit = box.take() else { return }
            watch.hold()
            let outcome = await executor.perform(permit)
            watch.release(after: step.action)
            chronicle.count(step, outcome)
            answer(.performed(step.id, outcome))
        }
    }

    func publish(_ announcement: Announcement, _ answer: @escaping Answer) {
        guard settings.cib == .cluster else { return answer(.published) }
        look(answer) {
            try await announcer.announce(announcement)
            return .published
        }
    }

    // MARK: Time and words

    func start(_ timer: TimerID, after pause: Duration, _ answer: @escaping Answer) {
        let pause = timer.purpose == .look ? pause : Jitter.around(pause)
        looks.add {
            try? await Task.sleep(for: pause)
            if !Task.isCancelled { answer(.timer(timer)) }
        }
    }

    func tell(_ occurrence: Occurrence) { chronicle.take(occurrence) }
}
