/// One of `disk`, in the forms of xl-disk-configuration(5): `/dev/vg/x,raw,xvda,rw`, `format=raw, vdev=xvda,
/// access=rw, target=/dev/vg/x`, and the older `phy:/dev/vg/x,hda,w`.
public struct XenDisk: Hashable, Sendable {
    /// As it stands in the file.
    public private(set) var specification: String
    /// The device or file on the host; of a disk with a script, what the script is told (`r0` of `drbd:r0`).
    public internal(set) var target: String?
    /// The device in the domU: `xvda`.
    public internal(set) var device: String?
    /// `raw`, `qcow2`, `empty`, …
    public internal(set) var format: String?
    /// The script that sets the disk up: `block-drbd` for `drbd:…`.
    public internal(set) var script: String?
    /// Whether that script promotes a DRBD resource. With a slash it is a path, else the name of one in Xen's own directory (xl-disk-configuration(5)).
    public var isPromoting: Bool { script?.split(separator: "/").last == "block-drbd" }
    /// `phy`, `tap`, `qdisk`; nil leaves the choice to xl.
    public internal(set) var backendType: String?
    /// The domain that drives the disk; nil is domain 0.
    public internal(set) var backend: String?
    public internal(set) var isCDROM = false
    public internal(set) var isReadOnly = false
    public internal(set) var isDirectIOSafe = false
    /// Nil leaves the choice to xl.
    public internal(set) var discards: Bool?
    /// Why xl refuses the specification, and at which part of it; nil for a sound one.
    public internal(set) var objection: Objection?

    public struct Objection: Hashable, Sendable {
        public let message: String
        /// The words that are wrong; empty where something is missing.
        public let part: String
    }

    public init(_ specification: String) {
        var reader = DiskReader(specification)
        reader.read()
        self = reader.disk
    }

    /// What it says beyond the device, the target, and whether it may be written, by the words of xl-disk-configuration(5).
    public var options: [String: String] {
        var options = ["format": format, "backendtype": backendType, "script": script].compactMapValues(\.self)
        if isCDROM { options["devtype"] = "cdrom" }
        if isDirectIOSafe { options["direct-io-safe"] = "yes" }
        options["discard"] = discards.map { $0 ? "yes" : "no" }
        return options
    }

    /// The same for all forms of a disk that xl reads alike; as it stands for what it refuses, and for what is replicated.
    var meaning: String {
        let others = ["colo", "active-disk", "hidden-disk", "specification"]
        guard objection == nil, !others.contains(where: specification.contains) else { return specification }
        let parts = [target, device, format, script, backendType, backend, discards.map { "\($0)" }].map { $0 ?? "-" }
        return (parts + [isCDROM, isReadOnly, isDirectIOSafe].map { "\($0)" }).joined(separator: "\n")
    }

    /// Empty, for the reader to fill.
    init(unread specification: String) { self.specification = specification }
}
