internal import CIB
internal import ClusterModel
internal import LiveState
internal import Reconciling
internal import Safety
internal import Steps

/// Who has changed the CIB.
enum Actor {
    case daemon(NodeName, Step)
    case person
}

/// What those who check are told of, at the moment when it happens.
enum Happening {
    case started(NodeName)
    case joined(NodeName)
    case asked(NodeName, Inquiry)
    case took(NodeName, Event)
    indirect case planned(NodeName, Evidence)
    /// About to be done.
    case performing(NodeName, Step, Fingerprint)
    case performed(NodeName, Step, Fingerprint, StepOutcome)
    /// A value has got its place in the order of attrd.
    case announced(NodeName, Announcement)
    /// The CIB of a partition was another one before.
    case configured(Partition, CIB, Actor)
    case told(NodeName, Occurrence)
    /// A person has changed this file.
    case disturbed(NodeName, String)
    /// From here on nothing disturbs.
    case calm
    /// The history is over.
    case end
}

enum Inquiry: String, Hashable, CaseIterable { case fetch, observe, plan, look, perform, publish }

/// One thing that must hold, whatever happens.
protocol Checker: AnyObject {
    /// What is wrong; nil when all is well.
    func see(_ happening: Happening, in cluster: Cluster) -> String?
}

/// Shows each happening to everyone who checks, and keeps what the first of them objects to.
final class Watchdog {
    private var checkers: [any Checker] = [
        LeadershipChecker(), ApprovalChecker(), PromiseChecker(), BystanderChecker(), DataChecker(), LineageChecker(), RefusalChecker(),
        RestartChecker(), NoteChecker(), ConvergenceChecker(), CostChecker(), HoldChecker(), HealthChecker(), VolumeChecker(), MetadataChecker(),
        SuspensionChecker(), MountChecker(), SettlingChecker(), StandstillChecker(), OverdueChecker(), InnocentChecker(),
    ]
    private(set) var violation: String?

    func add(_ checker: some Checker) { checkers.append(checker) }

    func see(_ happening: Happening, in cluster: Cluster) {
        guard violation == nil else { return }
        for checker in checkers {
            guard let objection = checker.see(happening, in: cluster) else { continue }
            violation = "\(type(of: checker)): \(objection)"
            cluster.say("VIOLATION \(violation ?? "")")
            return
        }
    }
}
