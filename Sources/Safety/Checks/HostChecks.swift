internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Repository
internal import Steps

/// What drbdadm has against the files, all of them together.
enum DRBDCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        switch evidence.drbdadm {
        case .notAsked, .content, .remarks: []
        case .complaints(let lines):
            [Objection(.refusal, "drbdadm does not accept the configuration:\n" + lines.joined(separator: "\n"))]
        case .unknown(let reason): [Objection(.trouble, "drbdadm can't be asked: \(reason)")]
        }
    }
}

/// Another disk path detaches the good disk and attaches the new one; another minor can't be had while the device is open.
enum HazardCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        evidence.plan.hazards.map { message in
            Objection(
                .refusal, message,
                remedy:
                    "adjusting that while the device is in use would cost data: take the resource out in a commit of its own, and bring it back changed; "
                    + "if no commit moves it, a split cluster has: drbdadm down RESOURCE where nothing uses it, by hand"
            )
        }
    }
}

/// While the path is another one on one host only, nothing is replicated: a person says when.
enum InterruptionCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        let allowed = Set(evidence.names(inTrailer: Disruption.resourceTrailer))
        return evidence.plan.interruptions.compactMap { interruption in
            switch interruption.kind {
            case .cut where allowed.contains(interruption.resource): nil
            case .cut: Objection(.refusal, interruption.message, trailer: "\(Disruption.resourceTrailer): \(interruption.resource)")
            case .inUse: Objection(.refusal, interruption.message, remedy: "demote one side first: promoted-max=1 in a commit of its own")
            }
        }
    }
}

/// A resource that is apart from its peer, or about to get good data, is not adjusted: that would connect it, or attach what has failed.
enum ReplicationCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        evidence.plan.disturbed.map { Objection(.wait, $0.message, remedy: $0.remedy) }
    }
}

/// "mkfs" is never done by a program: a device without a file system makes the start fail on every node.
enum FilesystemCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        evidence.plan.newFilesystems.compactMap { filesystem in
            let make = "mkfs\(filesystem.type.map { ".\($0)" } ?? "") on \(filesystem.device)"
            if filesystem.isMade {
                return Objection(
                    .refusal, "\(filesystem.name) would mount \(filesystem.device), which is new with this commit: there is no file system on it",
                    remedy: "bring what it lies on in a commit of its own; then \(make) by hand, on one node; then the file system")
            }
            guard let signatures = evidence.signatures[filesystem.disk]?.value, signatures.allSatisfy({ $0 == "drbd" }) else { return nil }
            return Objection(
                .lack, "\(filesystem.name) would mount \(filesystem.device), and there is no file system on \(filesystem.disk)",
                remedy: "\(make) by hand, on one node")
        }
    }
}

/// What a domU that runs here has is given to no other one: Xen refuses that for some disks, when the files are replaced already, and for images nobody does.
enum DomainDeviceCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        evidence.plan.domainFaults.map { Objection(.refusal, $0.message, remedy: $0.remedy) }
    }
}

enum SecretCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        evidence.plan.missingSecrets.map { Objection(.lack, $0.message, remedy: $0.remedy) }
    }
}

/// A domU whose file belongs onto a file system that runs nowhere would be started before its file is there.
enum MountCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        guard let cluster = evidence.live.cluster else { return [] }
        let domains = evidence.plan.unwrittenDomains
        guard !domains.isEmpty else { return [] }
        let wanted = evidence.plan.wanted
        let (tree, filesystems) = (wanted.resourceTree, wanted.filesystems)
        return domains.compactMap { domain in
            let file = tree.domainFile(of: domain) ?? ""
            let filesystem = filesystems.first { file.hasPrefix($0.directory + "/") }
            guard let filesystem, !cluster.isActive(filesystem.name) else { return nil }
            return Objection(
                .wait,
                "\(domain.id.name) can be created when \(filesystem.name) has mounted \(filesystem.directory), where its file belongs"
                    + failures(of: filesystem.name, cluster))
        }
    }

    private static func failures(of filesystem: String, _ cluster: ClusterStatus) -> String {
        let failures = cluster.failures.filter { $0.resource.text.prefix { $0 != ":" } == filesystem }
        return failures.isEmpty ? "" : ": " + failures.map(\.description).joined(separator: ", ")
    }
}
