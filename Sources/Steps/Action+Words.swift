internal import ClusterModel
internal import Diagnostics
internal import Repository

// How an action is called, by those who list it, count it or tell of it.
extension Action {
    /// As plans have it.
    public var title: String {
        switch self {
        case .writeFile(let change): "write \(change.path)"
        case .removeFile(let change): "remove \(change.path)"
        case .createVolume(let change): "create lv \(change.path)"
        case .growVolume(let change): "grow lv \(change.path)"
        case .removeVolume(let change): "remove lv \(change.path)"
        case .createMetadata(let resource, _): "create-md \(resource)"
        case .up(let resource): "up \(resource)"
        case .firstSync(let resource, _, _): "first sync of \(resource)"
        case .adjust(let resource): "adjust \(resource)"
        case .resize(let resource): "resize \(resource)"
        case .down(let resource): "down \(resource)"
        case .changeDomain(let change): change.title
        case .reloadCorosync: "reload corosync"
        case .registerNodes(let cluster): "register the nodes of ocfs2 cluster \(cluster)"
        case .forgetFailures(let resource, let node): "clean up \(resource) on \(node)"
        case .ban(_, let resources): "stop \(resources.list)"
        case .transact: "commit"
        case .record(let edit): edit.title
        }
    }

    /// Of what kind it is, for those who count.
    public var kind: String {
        switch self {
        case .writeFile: "write-file"
        case .removeFile: "remove-file"
        case .createVolume: "create-lv"
        case .growVolume: "grow-lv"
        case .removeVolume: "remove-lv"
        case .createMetadata: "create-md"
        case .up: "up"
        case .firstSync: "first-sync"
        case .adjust: "adjust"
        case .resize: "resize"
        case .down: "down"
        case .changeDomain: "change-domain"
        case .reloadCorosync: "reload-corosync"
        case .registerNodes: "register-nodes"
        case .forgetFailures: "clean-up"
        case .ban: "stop"
        case .transact: "commit"
        case .record: "record"
        }
    }

    /// What has been done, for the log.
    public var deed: String {
        switch self {
        case .writeFile(let change): "wrote \(change.path)"
        case .removeFile(let change): "removed \(change.path)"
        case .createVolume(let change): "made the volume \(change.path) of \(change.sizes)"
        case .growVolume(let change): "enlarged the volume \(change.path): \(change.sizes)"
        case .removeVolume(let change): "removed the volume \(change.path) and its data"
        case .resize(let resource): "let DRBD resource \(resource) use the whole of its disks"
        case .createMetadata(let resource, let devices):
            "wrote metadata of DRBD resource \(resource) onto \(devices.map(\.disk).joined(separator: ", "))"
        case .up(let resource): "brought DRBD resource \(resource) up"
        case .firstSync(let resource, _, let copies):
            "let DRBD resource \(resource) begin: it had no data anywhere, and its sides are equal "
                + (copies ? "when all of one disk has been copied" : "from now on")
        case .adjust(let resource): "adjusted DRBD resource \(resource)"
        case .down(let resource): "took DRBD resource \(resource) down; its data stay"
        case .changeDomain(let change): "changed domU \(change.domain) while it runs: xl \(change.title)"
        case .reloadCorosync: "let corosync read its file anew on all nodes"
        case .registerNodes(let cluster): "told the kernel of the nodes of OCFS2 cluster \(cluster)"
        case .forgetFailures(let resource, _): "cleaned up \(resource): what it failed for want of is here now"
        case .ban(_, let resources): "stopping \(resources.list)"
        case .transact: "committed the transaction"
        case .record(let edit): edit.title
        }
    }
}
