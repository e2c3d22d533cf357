internal import Reconciling
internal import Records
internal import Steps

/// How often what happened.
struct Statistics {
    private(set) var counts: [String: Int] = [:]

    mutating func count(_ what: String, _ times: Int = 1) { counts[what, default: 0] += times }

    mutating func count(_ occurrence: Occurrence) {
        switch occurrence {
        case .performed(let step): count("did: \(step.stage)")
        case .waiting(_, let name, _): count("waited: " + name.rawValue)
        case .delayed(let delay): count("delayed: " + delay.wait.rawValue)
        case .concluded(let conclusion): count("concluded: \(conclusion.result.rawValue)")
        default: break
        }
    }
}
