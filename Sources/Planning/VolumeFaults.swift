internal import CIB
internal import ClusterModel
internal import DRBDSyntax
public import Diagnostics
internal import LiveState
internal import Repository
internal import Steps
internal import XML

/// Why volumes of a commit can't be had on this host: with any of it, nothing may be done.
public struct VolumeFaults: Hashable, Sendable {
    /// The commit would have to change, or this host; nobody tells when that does.
    public internal(set) var refusals: [Finding] = []
    /// Why LVM can't be asked, where the commit wants what may not be there.
    public internal(set) var unobserved: String?
}

/// Who names volumes: the files of DRBD and Xen on this host, and those that the commit wants on any; and the resources of the CIB.
struct VolumeUsers {
    private let staying: [SourceText]
    private let going: [SourceText]
    private let resources: [(objects: [CIBObject], tree: ResourceTree)]

    /// - Parameter desired: its resources count beside those that the CIB has.
    init(_ live: LiveFiles, _ changes: [FileChange], _ cib: CIB, _ desired: DesiredState) {
        var texts = Dictionary(live.drbd.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        texts.merge(live.contents) { _, content in content }
        going = changes.filter { $0.action == .delete }.compactMap { texts.removeValue(forKey: $0.path.text) ?? $0.old }
        for change in changes where change.action != .delete { texts[change.path.text] = change.new }
        // Those too that can't be written now: their file system may be mounted elsewhere.
        for file in desired.files where [.drbd, .xen].contains(file.format) {
            let path = desired.policy.path(of: file)
            if texts[path] == nil { texts[path] = SourceText(path: path, bytes: file.source.bytes) }
        }
        staying = texts.sorted { $0.key < $1.key }.map(\.value)
        resources = [(cib.objects, cib.resourceTree), (desired.declarations.map(\.object), desired.resourceTree)]
    }

    /// What names a volume, and does not go with the commit: a file by its path, or a resource.
    func user(of path: VolumePath) -> String? {
        if let file = staying.first(where: { $0.text.names(path) }) { return file.path }
        for (objects, tree) in resources {
            let user = objects.first { $0.id.kind == .resource && ($0.element.names(path) || tree.activates(path, $0)) }
            if let user { return "resource \(user.id.name)" }
        }
        return nil
    }

    func isGoing(_ path: VolumePath) -> Bool { going.contains { $0.text.names(path) } }
}

extension String {
    /// Whether any word of it is the volume's device, in whichever of its spellings; also where that is a comment.
    fileprivate func names(_ path: VolumePath) -> Bool {
        guard contains(path.name) || contains(path.name.replacing("-", with: "--")) else { return false }
        return utf8.split { !Self.isOfPath($0) }.contains { word in
            let text = String(self[word.startIndex..<word.endIndex])
            // "When this is used as a path, /dev will be prepended if the path doesn't start with a '/'" (xl-disk-configuration(5), target).
            return VolumePath(text.hasPrefix("/") ? text : "/dev/" + text) == path
        }
    }

    private static func isOfPath(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"): true
        default: false
        }
    }
}

extension Element {
    fileprivate func names(_ path: VolumePath) -> Bool {
        attributes.contains { $0.name != "id" && $0.value.names(path) } || children.contains { $0.names(path) }
    }
}

extension ResourceTree {
    /// "vgname (required): The volume group name", "lvname: If set, only the specified LV will be activated" (ocf:heartbeat:LVM-activate).
    fileprivate func activates(_ path: VolumePath, _ object: CIBObject) -> Bool {
        parameter("lvname", of: object) == path.name && parameter("vgname", of: object) == path.group
    }
}
