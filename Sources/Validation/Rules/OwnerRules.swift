internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository

/// What one primitive runs, no other one may.
enum OwnerRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        repeated(cluster.drbdPrimitives.map { ($0.declaration, $0.resource, "the DRBD resource \($0.resource)") })
            + repeated(cluster.xenPrimitives.map { ($0.declaration, $0.file, "the domU of \($0.file)") })
    }

    private static func repeated(_ charges: [(owner: Declaration, charge: String, what: String)]) -> [Finding] {
        var owners = Holders()
        return charges.compactMap { owner, charge, what in
            guard let first = owners.take(charge, for: owner.object.id.name) else { return nil }
            return Finding(
                .repeatedOwner, "\(first) runs \(what) already", at: owner.place(of: charge, orOf: [owner.object.id.name]),
                remedy: Rule.repeatedOwner.remedy)
        }
    }
}
