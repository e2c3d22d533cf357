internal import CIB
public import ClusterModel
public import LiveState
public import Safety
internal import Steps

/// The one port through which the machine sees and changes anything. The real one stands on git, Pacemaker's tools and the host; the
/// simulated one is in memory.
///
/// Each call but `tell` is answered by one event, at some time.
public protocol World {
    typealias Answer = @Sendable (Event) -> Void

    func fetch(since known: CommitID?, _ answer: @escaping Answer)
    func observe(_ answer: @escaping Answer)
    func plan(_ target: CommitID, head: Commit, _ live: LiveState, isFresh: Bool, sparing contested: Set<String>, _ answer: @escaping Answer)
    func look(withStatus: Bool, _ answer: @escaping Answer)
    func perform(_ permit: consuming Permit, _ answer: @escaping Answer)
    func publish(_ announcement: Announcement, _ answer: @escaping Answer)
    func start(_ timer: TimerID, after: Duration, _ answer: @escaping Answer)
    func tell(_ occurrence: Occurrence)
}

extension Reconciler {
    /// Takes an event in, and asks the world for what follows from it.
    public mutating func handle(_ event: Event, at now: Instant, in world: some World, _ answer: @escaping World.Answer) {
        for directive in on(event, at: now) { ask(world, directive, answer) }
    }

    private func ask(_ world: some World, _ directive: Directive, _ answer: @escaping World.Answer) {
        switch directive {
        case .fetch(let known): world.fetch(since: known, answer)
        case .observe: world.observe(answer)
        case .plan(let target, let head, let live, let isFresh, let contested):
            world.plan(target, head: head, live, isFresh: isFresh, sparing: contested, answer)
        case .look(let withStatus): world.look(withStatus: withStatus, answer)
        case .perform(let id): perform(approval?.permit(id), id, in: world, answer)
        case .write(let edit): perform(permit(edit), StepID(edit.title), in: world, answer)
        case .publish(let announcement): world.publish(announcement, answer)
        case .start(let timer, let pause): world.start(timer, after: pause, answer)
        case .tell(let occurrence): world.tell(occurrence)
        }
    }

    private func permit(_ edit: RecordEdit) -> Permit? {
        guard !edit.isAskedFor else { return live.flatMap { Permit.asked(for: edit, of: $0.cib.version) } }
        return pending?.evidence.permit(edit) ?? approval?.permit(edit)
    }

    private func perform(_ permit: consuming Permit?, _ id: StepID, in world: some World, _ answer: @escaping World.Answer) {
        guard let permit else { return answer(.performed(id, .moved("there is no approval for \(id)"))) }
        world.perform(permit, answer)
    }
}
