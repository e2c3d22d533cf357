/// What comes of a plan when all objections are heard.
public enum Verdict: Sendable {
    case approved(Approval)
    /// Not now: these have to settle first.
    case waiting([Objection])
    /// Not at all, until something changes.
    case refused([Objection])
    /// It can't be judged: a tool that has to be asked fails.
    case undecided([Objection])
}

extension Evidence {
    /// - Parameter grantingWishes: they have been waited for long enough.
    public func judge(grantingWishes: Bool = false) -> Verdict { hindrance(grantingWishes: grantingWishes) ?? .approved(Approval(self)) }

    /// What keeps the plan from being let in, or from being carried on with; nil when nothing does.
    public func hindrance(grantingWishes: Bool) -> Verdict? {
        let objections = self.objections
        let refusals = objections.filter { $0.kind == .refusal || $0.kind == .lack }
        guard refusals.isEmpty else { return .refused(refusals) }
        let trouble = objections.filter { $0.kind == .trouble }
        guard trouble.isEmpty else { return .undecided(trouble) }
        let waits = objections.filter { $0.kind == .wait || $0.kind == .pause || $0.kind == .wish && !grantingWishes }
        return waits.isEmpty ? nil : .waiting(waits)
    }

    /// Whatever any check has against the plan.
    public var objections: [Objection] { Self.checks.flatMap { $0.objections(to: self) } }

    /// Every check there is.
    private static let checks: [any Check.Type] = [
        SchemaCheck.self, RecordCheck.self, HeldCheck.self, LineageCheck.self, PartCheck.self, MassDeletionCheck.self, AgentCheck.self,
        HazardCheck.self,
        InterruptionCheck.self, AdjustmentCheck.self,
        DomainIdentityCheck.self, DomainDeviceCheck.self, SecretCheck.self,
        SecretLossCheck.self, PatchCheck.self, NodeIdentityCheck.self, DRBDCheck.self, VerificationCheck.self, BystanderCheck.self, QuorumCheck.self,
        SettledCheck.self, StopCheck.self, MountCheck.self, VolumeCheck.self, NewcomerCheck.self, AdditionCheck.self, ReplicationCheck.self,
        FilesystemCheck.self,
        DestructionCheck.self, MigrationCheck.self, SuspensionCheck.self,
    ]
}

/// One thing that is looked for before a plan is let in.
protocol Check: SendableMetatype {
    static func objections(to evidence: Evidence) -> [Objection]
}
