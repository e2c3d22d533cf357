public import Diagnostics
internal import LiveState
internal import Steps

/// DRBD resources of this host that are not well.
struct DisturbedReplication {
    private let disturbances: [(resource: String, disturbance: Disturbance)]

    /// - Parameter newcomers: they have no data yet, and are looked after otherwise.
    init(_ drbd: Known<[String: DRBDCondition]>, newcomers: [DRBDNewcomer]) {
        let new = Set(newcomers.map(\.name))
        disturbances = (drbd.value ?? [:]).sorted { $0.key < $1.key }.compactMap { name, condition in
            guard !new.contains(name), let disturbance = condition.disturbance else { return nil }
            return (name, disturbance)
        }
    }

    /// Those that are left as they are. Nothing need be said of one that is about to be well by itself.
    func notices(sparing written: Set<String>) -> [Finding] {
        disturbances.filter { !written.contains($0.resource) && !$0.disturbance.endsByItself }.map { resource, disturbance in
            .warning(disturbance.words(on: resource) + ": it is left as it is", remedy: disturbance.remedy(for: resource))
        }
    }

    /// Those whose options the plan would change.
    ///
    /// - Parameter mending: those that may find their peer by just that.
    func waits(of written: Set<String>, mending: (String) -> Bool) -> [Finding] {
        disturbances.filter { written.contains($0.resource) && !($0.disturbance.isAway && mending($0.resource)) }.map { resource, disturbance in
            .error(disturbance.words(on: resource) + ", and its options change when that is over", remedy: disturbance.remedy(for: resource))
        }
    }
}

/// "adjust" knows what files define (drbdadm(8)): a resource whose file is gone stays up until somebody takes it down.
struct UndefinedReplications {
    private let names: [String]

    /// - Parameter defined: by the files of the host, and of the commits that may be on it.
    init(_ drbd: Known<[String: DRBDCondition]>, defined: Set<String>) { names = (drbd.value ?? [:]).keys.filter { !defined.contains($0) }.sorted() }

    var notices: [Finding] {
        names.map {
            .warning("DRBD resource \($0) is up on this host, and no file defines it", remedy: "where nothing uses it: drbdsetup down \($0)")
        }
    }
}

extension Plan {
    /// Why DRBD resources whose files change here can't be adjusted now.
    public var disturbed: [Finding] {
        // Of two hosts that get another path one is adjusted first, and waits for the other; and the way back leads out of what has parted them.
        return DisturbedReplication(drbd, newcomers: newcomers).waits(of: Set(files.filter { $0.action != .delete }.flatMap(\.resources))) {
            resource in
            parts.isWayBack || interruptions.contains { $0.kind == .cut && $0.resource == resource }
        }
    }
}

extension Disturbance {
    var isAway: Bool { if case .away = self { true } else { false } }
}
