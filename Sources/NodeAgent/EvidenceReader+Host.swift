internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import Host
internal import LiveState
internal import Observing
internal import Repository

// What is on this host, as far as the commits in question care.
extension EvidenceReader {
    func lookAtHost(_ observed: LiveState, _ wanted: DesiredState, _ bases: [DesiredState]) async throws -> LiveState {
        guard settings.hasHost else { return observed }
        var live = observed
        let tree = FileTree(root: settings.root ?? "/")
        live.files = HostObserver(tree: tree).files(for: ([wanted] + bases).map(\.policy), mounts: try await mounts(wanted, live))
        live.files.secrets = SecretObserver(tree: tree).secrets(wanted.secretNames)
        let resources = Set(([wanted] + bases).flatMap(\.files).filter { $0.format == .drbd }.flatMap(\.resources))
        if settings.actsOnHost, !resources.isEmpty { live.drbd = await DRBDKernel().conditions(of: resources) }
        return live
    }

    /// Where the cluster mounts, or is going to mount, its own file systems, and whether it has done so on this node.
    private func mounts(_ wanted: DesiredState, _ live: LiveState) async throws -> [String: Bool] {
        guard settings.actsOnHost, let cluster = live.cluster else { return [:] }
        let filesystems = (live.cib.objects + wanted.declarations.map(\.object)).filesystems
        let here = live.node.text
        return Dictionary(
            filesystems.map { ($0.directory, cluster.isActive($0.name, on: here)) }, uniquingKeysWith: { $0 || $1 })
    }
}
