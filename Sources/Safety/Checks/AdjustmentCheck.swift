internal import Diagnostics
internal import LiveState
internal import Planning

/// drbdadm has the last word on what adjusting would run (drbdsetup(8)): what was not foreseen when the files were compared - the kernel may be
/// otherwise than the files on the host - is seen here.
enum AdjustmentCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        let allowed = Set(evidence.names(inTrailer: Disruption.resourceTrailer))
        let foreseen = Set(evidence.plan.interruptions.map(\.resource)).union(allowed)
        return evidence.adjustments.sorted { $0.key < $1.key }.compactMap { resource, lines in
            let commands = lines.map(DRBDSetupCommand.init)
            let mayGrow = evidence.plan.enlargedReplications.contains(resource)
            if let command = commands.first(where: { $0.takesAway || $0.limits && !mayGrow }) { return loss(resource, command) }
            guard let command = commands.first(where: \.disconnects), !foreseen.contains(resource) else { return nil }
            return Objection(
                .refusal, "adjusting DRBD resource \(resource) would run \"\(command.line)\", which cuts its replication",
                trailer: "\(Disruption.resourceTrailer): \(resource)")
        }
    }

    private static func loss(_ resource: String, _ command: DRBDSetupCommand) -> Objection {
        Objection(
            .refusal, "adjusting DRBD resource \(resource) would run \"\(command.line)\", which takes a device or data away",
            remedy:
                "drbdadm --dry-run adjust \(resource) shows what the kernel has otherwise than the files: settle that by hand first, or in a commit of "
                + "its own")
    }
}

/// A line of `drbdadm --dry-run adjust`: `drbdsetup resize 0 --size=1G`.
private struct DRBDSetupCommand {
    let line: String
    private let words: [Substring]

    init(_ line: String) {
        self.line = line
        words = line.split(separator: " ").drop { !$0.hasPrefix("drbdsetup") && !$0.contains("/drbdsetup") }.dropFirst().map(\.self)
    }

    private var verb: Substring { words.first ?? "" }

    var takesAway: Bool { ["detach", "del-minor", "del-resource", "down"].contains(verb) }

    /// What lies beyond is DRBD's no more.
    var limits: Bool { ["resize", "attach"].contains(verb) && words.contains { $0.hasPrefix("--size") } }

    var disconnects: Bool { ["disconnect", "del-path", "del-peer"].contains(verb) }
}
