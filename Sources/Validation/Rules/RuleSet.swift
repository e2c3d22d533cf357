internal import Diagnostics
internal import Repository

/// One concern, checked in a commit as a whole. What a file says by itself is its parser's.
protocol RuleSet: Sendable {
    static func findings(in cluster: DeclaredCluster) -> [Finding]
}

extension DeclaredCluster {
    private static let ruleSets: [any RuleSet.Type] = [
        MembershipRules.self, OptionRules.self, FencingRules.self, TieRules.self, OwnerRules.self, MigrationRules.self, ResourceFileRules.self,
        ResourceNumberRules.self, ReplicationRules.self, DeviceRules.self, DomainFileRules.self, DomainIdentityRules.self, NodeRules.self,
        VolumeRules.self, VolumeFileRules.self, HostRules.self, VariableRules.self, IdentityRules.self, AddressRules.self, BoundDomainRules.self,
    ]

    /// Those that look at every word, and that Pacemaker itself judges again before a commit is applied: to be asked by a
    /// person, not on the way to a plan.
    private static let thoroughRuleSets: [any RuleSet.Type] = [
        OperationRules.self, PairRules.self, RoleRules.self, ConstraintRules.self, CloneRules.self, ListReferenceRules.self,
        MonitorRules.self, SecretRules.self, StrayAttributeRules.self, LockoutRules.self, DateRules.self, TopologyRules.self,
        RetiredOptionRules.self, AbsentFencingRules.self, AgentClassRules.self,
    ]

    /// Those of them that say what Pacemaker passes over or takes otherwise than it is written, by one object at a time.
    private static let verdictRuleSets: [any RuleSet.Type] = [
        OperationRules.self, PairRules.self, RoleRules.self, ConstraintRules.self, CloneRules.self, StrayAttributeRules.self, LockoutRules.self,
        DateRules.self, AbsentFencingRules.self, AgentClassRules.self,
    ]

    var verdicts: [Finding] { Self.verdictRuleSets.flatMap { $0.findings(in: self) } }

    var thoroughFindings: [Finding] { Self.thoroughRuleSets.flatMap { $0.findings(in: self) } }

    /// All that the rules find.
    var findings: [Finding] { Self.ruleSets.flatMap { $0.findings(in: self) } }
}
