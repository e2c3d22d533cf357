internal import ClusterModel
internal import DRBDSyntax
public import Diagnostics
internal import LiveState
internal import Repository
internal import Steps

/// Why volumes of a commit can't be had on this host: with any of it, nothing may be done.
public struct VolumeFaults: Hashable, Sendable {
    /// The commit would have to change, or this host; nobody tells when that does.
    public internal(set) var refusals: [Finding] = []
    /// Why LVM can't be asked, where the commit wants what may not be there.
    public internal(set) var unobserved: String?
}

/// The files of DRBD and Xen on this host: whatever they name is in use, or was.
struct VolumeUsers {
    let staying: [SourceText]
    let going: [SourceText]

    init(_ live: LiveFiles, _ changes: [FileChange]) {
        var texts = Dictionary(live.drbd.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        texts.merge(live.contents) { _, content in content }
        going = changes.filter { $0.action == .delete }.compactMap { texts.removeValue(forKey: $0.path.text) ?? $0.old }
        for change in changes where change.action != .delete { texts[change.path.text] = change.new }
        staying = texts.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension VolumePath {
    /// `/dev/vg0/xps-101`, `/dev/mapper/vg0-xps--101`.
    var devices: [String] {
        let mapped = [group, name].map { $0.replacing("-", with: "--") }.joined(separator: "-")
        return [device, "/dev/mapper/\(mapped)"]
    }
}
