internal import CIB
internal import ClusterModel
internal import Records
internal import TestKit
internal import XML

/// What happens to a cluster now and then.
enum Rarity: CaseIterable {
    case jumpClock, damageRecord, loseRecord, maintain
}

extension Cluster {
    func disturb(_ rarity: Rarity, _ random: inout Seeded) {
        let name = random.pick(names)
        let administrator = Administrator(cluster: self)
        let pause = random.number(2000...60000)
        switch rarity {
        case .jumpClock:
            say("all clocks are put forward by a year")
            clockJump += 31_536_000
        case .damageRecord:
            administrator.edit(on: name, "damages the record") { edits, cib in
                guard var set = cib[ClusterRecord.set]?.element else { return }
                for index in set.children.indices where set.children[index]["name"] == "applied" { set.children[index]["value"] = "oops" }
                edits.change(ClusterRecord.set, to: set)
            }
            simulation.after(pause) { [self] in restoreRecord(on: name) }
        case .loseRecord:
            administrator.edit(on: name, "deletes the record") { edits, cib in
                if cib[ClusterRecord.set] != nil { edits.remove(ClusterRecord.set) }
            }
            simulation.after(pause) { [self] in restoreRecord(on: name) }
        case .maintain:
            administrator.maintain(on: name, true)
            simulation.after(pause) { administrator.maintain(on: name, false) }
        }
    }

    /// `coxswain history` knows what was in force.
    func restoreRecord(on name: NodeName) {
        Administrator(cluster: self).edit(on: name, "restores the record") { [self] edits, cib in
            var record = ClusterRecord(in: cib)
            guard record.applied == nil, let known = lastInForce[name] else { return }
            record.applied = known.applied
            record.good = record.good ?? known.good
            record.write(to: &edits, of: cib)
        }
    }
}
