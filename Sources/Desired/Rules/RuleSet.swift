internal import Diagnostics

/// One concern, checked in a commit as a whole. What a file says by itself is its parser's.
protocol RuleSet: Sendable {
    static func findings(in inventory: Inventory) -> [Finding]
}

extension Inventory {
    private static let ruleSets: [any RuleSet.Type] = [
        OptionRules.self, FencingRules.self, TieRules.self, MigrationRules.self, ResourceFileRules.self,
        DomainFileRules.self, DomainIdentityRules.self, NodeRules.self, VolumeRules.self, HostRules.self,
    ]

    /// All that the rules find.
    var findings: [Finding] { Self.ruleSets.flatMap { $0.findings(in: self) } }
}
