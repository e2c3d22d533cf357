internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Repository
internal import Steps
internal import XenSyntax

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
                .wait, "\(domain.id.name) can be created when \(filesystem.name) has mounted \(filesystem.directory), where its file belongs")
        }
    }
}

/// The Xen agent looks for the domain that the file names, unless its parameter `name` says another. With another name in the file of a domU
/// that runs it finds none, and starts a second one on the same disk.
enum DomainIdentityCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        guard let cluster = evidence.live.cluster else { return [] }
        let changes = evidence.plan.files.filter { $0.format == .xen && $0.old != nil && $0.new != nil }
        guard !changes.isEmpty else { return [] }
        let tree = evidence.plan.live.resourceTree
        return evidence.plan.live.objects.flatMap { object -> [Objection] in
            guard let file = tree.domainFile(of: object), let change = changes.first(where: { $0.path.text == file }) else { return [] }
            // "name (string): Xen DomU name, if different from the file's" is what it looks for then.
            guard tree.parameter("name", of: object) == nil, runs(object.id.name, cluster, evidence), let old = change.old, let new = change.new
            else { return [] }
            let (before, after) = (XenConfiguration.parse(old).configuration, XenConfiguration.parse(new).configuration)
            return ["name", "uuid"].compactMap { key in
                guard before[key]?.text != after[key]?.text else { return nil }
                return Objection(
                    .refusal,
                    "\(change.path) changes \(key) from \"\(before[key]?.text ?? "")\" to \"\(after[key]?.text ?? "")\" while \(object.id.name) runs: "
                        + "the agent would not find it any more, and start it a second time",
                    remedy: "stop it in a commit of its own first (target-role=Stopped), or give the primitive the parameter name")
            }
        }
    }

    /// A commit that is in force changes the file of this host only: what runs elsewhere has the new name already.
    private static func runs(_ resource: String, _ cluster: ClusterStatus, _ evidence: Evidence) -> Bool {
        guard !evidence.plan.needsTransaction else { return cluster.isActive(resource) }
        return cluster.resources.contains { $0.id == resource && $0.isActive && $0.nodes.contains(evidence.live.node.text) }
    }
}
