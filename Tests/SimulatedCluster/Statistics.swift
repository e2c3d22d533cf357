internal import Reconciling
internal import Records

/// How often what happened.
struct Statistics {
    private(set) var counts: [String: Int] = [:]

    mutating func count(_ what: String, _ times: Int = 1) { counts[what, default: 0] += times }

    mutating func add(_ other: Statistics) { counts.merge(other.counts, uniquingKeysWith: +) }
}
