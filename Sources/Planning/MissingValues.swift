internal import CIB
internal import Diagnostics
internal import Repository

/// `@id` takes a value that the cluster has: a password, mostly. Where there is none, nothing may happen.
struct MissingValues {
    private let live: CIB
    private let edits: Edits
    private let desired: DesiredState
    private let base: DesiredState?

    init(in live: CIB, after edits: Edits, _ desired: DesiredState, base: DesiredState?) {
        self.live = live
        self.edits = edits
        self.desired = desired
        self.base = base
    }

    var findings: [Finding] { edits.missingPairs(in: live).map { finding($0.pair, of: $0.object) } }

    private func finding(_ pair: String, of object: ObjectID) -> Finding {
        // The commit in force did without it: a revert brings back what git has.
        let isBack = base.map { $0[object]?.object.element.refers(toPair: pair) != true } ?? false
        let why = isBack ? ": if an earlier commit removed it, it is gone, since git never had it, and a revert can't bring it back" : ""
        let byHand =
            live[object] == nil
            ? "create \(object.name) in the cluster by hand, with its value, and the reference finds it" : "set it in the cluster by hand"
        return .error(
            "\(object.name) refers to \"\(pair)\", and the cluster has no such value\(why)",
            at: desired[object]?.place(of: "@" + pair) ?? desired[object]?.place(), remedy: "write the value itself, or \(byHand)")
    }
}
