internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning
internal import Reconciling
internal import Safety
internal import Steps

/// What happened, for people; kept only when somebody wants to read it.
final class Trace {
    let isOn: Bool
    private(set) var lines: [String] = []

    init(isOn: Bool) { self.isOn = isOn }

    func add(_ time: Int, _ text: () -> String) {
        guard isOn else { return }
        let fraction = String(time % 1000)
        lines.append("\(time / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction) \(text())")
    }
}

extension Announcement {
    var brief: String {
        var words: [String] = []
        switch promise {
        case .able(let commit): words.append("able \(commit.brief)")
        case .prepared(let commit, let preparation): words.append("prepared \(commit.brief)\(preparation.replaces ? " replaces" : "")")
        case .ready(let commit, _): words.append("ready \(commit.brief)")
        case nil: break
        }
        if let refusal { words.append("refuses \(refusal.commit.brief)") }
        if let unhealthy { words.append("unhealthy \(unhealthy.commit.brief)") }
        if let intent { words.append("intent \(intent.brief)") }
        return words.isEmpty ? "nothing" : words.joined(separator: ", ")
    }
}

extension CommitID {
    var brief: String { String(hex.prefix(4)) }
}

extension Event {
    var brief: String {
        switch self {
        case .started: "started"
        case .timer(let timer): "timer \(timer.purpose)"
        case .moved(let source): "moved \(source)"
        case .fetched(.head(let commit, _)): "fetched \(commit.id.brief)"
        case .fetched(.kept(let commit, _)): "kept \(commit.id.brief)"
        case .fetched(.nothing): "fetched nothing"
        case .observed(let live): "observed \(live.cib.version), DC \(live.cluster?.dc ?? "-")"
        case .planned(let evidence):
            "planned \(evidence.plan.commit?.brief ?? "") against \(evidence.plan.live.version): "
                + evidence.plan.steps.map { "\($0.stage): \($0.id)" }.joined(separator: "; ")
        case .looked(let glance): "looked, DC \(glance.cluster?.dc ?? "-"), idle \(glance.cluster?.isIdle.description ?? "-")"
        case .performed(let step, let outcome): "\(step): \(outcome)"
        case .published: "published"
        case .failed(let trouble): "\(trouble)"
        case .requested(let request): "\(request)"
        }
    }
}

extension Occurrence {
    var brief: String {
        switch self {
        case .found(let commit): "found \(commit.id.brief) \(commit.message)"
        case .serverAway: "the server is away"
        case .serverBack: "the server is back"
        case .planned(let commit, let create, let change, let delete, _): "planned \(commit.brief): +\(create) ~\(change) -\(delete)"
        case .committing(let work): "commits \(work.commit.brief)"
        case .performed(let step): "did \(step.id)"
        case .waiting(let commit, let name, let reason): "waits for \(name) (\(commit?.brief ?? "")): \(reason)"
        case .concluded(let conclusion): "CONCLUDED \(conclusion.commit.brief) \(conclusion.result): \(conclusion.text)"
        case .delayed(let delay): "is DELAYED with \(delay.commit.brief) by \(delay.wait): \(delay.reason)"
        case .stranded(let reason): "stranded: \(reason)"
        case .holdsEnd(let names): "ENDS what is held: \(names)"
        case .answered(let request, let answer): "\(request): \(answer)"
        }
    }
}
