internal import ClusterModel
internal import DRBDSyntax
internal import Diagnostics
internal import LiveState
public import Repository
internal import Steps

/// A volume that a commit adds to a DRBD resource that is up on this host: adjusting attaches its disk, and makes no metadata on it.
public struct DRBDAddition: Hashable, Sendable {
    public let resource: String
    public let device: BackingDevice
}

extension [DRBDAddition] {
    /// - Parameter up: the resources that are.
    init(_ changes: [FileChange], _ desired: DesiredState, up: Set<String>, on node: NodeName) {
        let files = changes.filter { $0.format == .drbd }
        guard !up.isDisjoint(with: files.filter { $0.action != .delete }.flatMap(\.resources)) else {
            self = []
            return
        }
        let former = files.compactMap(\.old).flatMap { DRBDConfiguration.parse($0).configuration.resources }
        let disks = former.contains { up.contains($0.name) } ? desired.disks(on: node) : [:]
        self = former.filter { up.contains($0.name) }.flatMap { resource -> [DRBDAddition] in
            let known = Set(resource.hosts.filter { $0.names.contains(node.text) }.flatMap(\.volumes).map(\.number))
            return (disks[resource.name] ?? []).filter { !known.contains($0.number) }.map { DRBDAddition(resource: resource.name, device: $0) }
        }
    }

    /// - Parameter metadata: what the disks hold; nil where nobody has looked.
    func faults(_ metadata: [String: Known<DRBDMetadata>]?) -> DRBDFaults {
        var faults = DRBDFaults()
        guard let metadata else { return faults }
        for addition in self {
            let (resource, disk) = (addition.resource, addition.device.disk)
            switch metadata[resource] {
            case nil: faults.unobserved.append("what \(disk) holds, which DRBD resource \(resource) is to get, can't be told: nobody has looked")
            case .unknown(let reason)?:
                faults.unobserved.append("what \(disk) holds, which DRBD resource \(resource) is to get, can't be told: \(reason)")
            case .known(let content)?: faults.refusals += addition.refusal(content.disks[addition.device.number]).map { [$0] } ?? []
            }
        }
        return faults
    }
}

extension DRBDAddition {
    fileprivate func refusal(_ content: DRBDMetadata.Content?) -> Finding? {
        let volume = "\(resource)/\(device.number)"
        let what: String
        switch content {
        case .justCreated, .data: return nil
        case .foreign(let stranger)?: what = "holds \(stranger)"
        case .nothing?, nil: what = "has no metadata"
        }
        return .error(
            "DRBD resource \(resource) is up, and would get volume \(device.number) on \(device.disk), which \(what) on this host: it could not be attached",
            remedy:
                "by hand, on every host, with the commit's file of it: drbdadm --config-file FILE create-md \(volume), on a disk that nobody needs; "
                + "and when the commit is in force, on one of them: drbdadm new-current-uuid --clear-bitmap \(volume)")
    }
}
