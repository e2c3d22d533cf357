internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// What asks for fencing in a cluster that has switched it off.
enum AbsentFencingRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        guard let fencing = cluster.option("stonith-enabled"), Scalar.boolean.same(fencing.value, "false") else { return [] }
        // Whoever switches it off answers for all that asks for it.
        let isChanged = cluster.subjects.contains { $0.object.id.kind == .properties }
        return (isChanged ? cluster.declarations.all : cluster.subjects).flatMap { $0.object.element.demands.map($0.finding(of:)) }
    }
}

/// A word that asks for fencing, and what Pacemaker puts in its place.
private struct Demand {
    let option, value: String
    let holder: String?
    let substitute: String
}

extension Declaration {
    fileprivate func finding(of demand: Demand) -> Finding {
        Finding(
            .absentFencing,
            "\(demand.option)=\(demand.value) of \(demand.holder ?? object.id.name): stonith-enabled is false, and Pacemaker takes "
                + demand.substitute,
            at: valuePlace(demand.value, of: demand.option) ?? place(of: demand.value), remedy: Rule.absentFencing.remedy)
    }
}

extension Element {
    fileprivate var demands: [Demand] {
        var found: [Demand] = []
        walk { found += [$0.demand].compactMap(\.self) }
        return found
    }

    private var demand: Demand? {
        switch (name, self["name"]) {
        // "Resetting 'loss-policy' for ticket 'T' to 'stop' because fencing is not configured" (crm_verify)
        case ("rsc_ticket", _): self["loss-policy"] == "fence" ? Demand(option: "loss-policy", value: "fence", holder: nil, substitute: "stop") : nil
        // "Resetting 'on-fail' for operation '…' to 'stop' because 'fence' is not valid when fencing is disabled"
        case ("op", let operation):
            self["on-fail"] == "fence" ? Demand(option: "on-fail", value: "fence", holder: operation, substitute: "stop") : nil
        // "… requires fencing but fencing is disabled"
        case ("nvpair", "requires"):
            self["value"].flatMap { value in
                ["fencing", "unfencing"].contains(value) ? Demand(option: "requires", value: value, holder: nil, substitute: "quorum") : nil
            }
        default: nil
        }
    }
}
