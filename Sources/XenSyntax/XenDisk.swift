/// One of `disk`, in the forms of xl-disk-configuration(5): `/dev/vg/x,raw,xvda,rw`, `format=raw, vdev=xvda,
/// access=rw, target=/dev/vg/x`, and the older `phy:/dev/vg/x,hda,w`.
public struct XenDisk: Hashable, Sendable {
    /// As it stands in the file.
    public let specification: String
    /// The device or file on the host; of a disk with a script, what the script is told (`r0` of `drbd:r0`).
    public fileprivate(set) var target: String?
    /// The device in the domU: `xvda`.
    public fileprivate(set) var device: String?
    /// The script that sets the disk up: `block-drbd` for `drbd:…`.
    public fileprivate(set) var script: String?
    public fileprivate(set) var isReadOnly = false

    public init(_ specification: String) {
        self.specification = specification
        var reader = Reader(specification[...])
        while reader.readField(into: &self) {}
    }
}

/// Goes through the fields of a specification, separated by commas.
private struct Reader {
    private enum Position { case target, format, device, access, done }

    private static let formats: Set<Substring> = ["raw", "qcow", "qcow2", "vhd"]
    private static let drivers: Set<Substring> = ["phy", "file", "tap", "tap2", "aio", "tapdisk"]
    private static let scripts: Set<Substring> = ["drbd", "nbd", "enbd", "iscsi"]
    private static let flags: Set<Substring> = ["cdrom", "discard", "no-discard", "direct-io-safe"]

    private var rest: Substring
    private var position = Position.target
    private var hasFormat = false

    init(_ specification: Substring) { rest = specification }

    mutating func readField(into disk: inout XenDisk) -> Bool {
        readPrefixes(into: &disk)
        guard !rest.isEmpty else { return false }
        // The last parameter of all: it takes the rest, commas and all.
        if rest.hasPrefix("target=") {
            disk.target = String(rest.dropFirst("target=".count))
            return false
        }
        let field = rest.prefix { $0 != "," }
        if !readNamed(field, into: &disk) { readPositional(field, into: &disk) }
        rest = rest.dropFirst(field.count + 1)
        return true
    }

    /// The older forms begin with the driver or the format, and have no format after the target then.
    private mutating func readPrefixes(into disk: inout XenDisk) {
        rest = rest.drop { $0 == " " || $0 == "\t" }
        while let prefix = rest.firstIndex(of: ":").map({ rest[..<$0] }) {
            if Self.scripts.contains(prefix) {
                disk.script = "block-\(prefix)"
            } else if !Self.formats.contains(prefix), !Self.drivers.contains(prefix), prefix != "ioemu" {
                return
            }
            if prefix != "ioemu" { hasFormat = true }
            rest = rest.dropFirst(prefix.count + 1)
        }
    }

    private mutating func readNamed(_ field: Substring, into disk: inout XenDisk) -> Bool {
        let halves = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else {
            if field == "cdrom" { disk.isReadOnly = true }
            return Self.flags.contains(field)
        }
        switch halves[0] {
        case "vdev": disk.device = String(halves[1])
        case "access": disk.isReadOnly = Self.meansReadOnly(halves[1])
        case "script": disk.script = String(halves[1])
        case "devtype": disk.isReadOnly = disk.isReadOnly || halves[1] == "cdrom"
        case "format": hasFormat = true
        case "backend", "backendtype": break
        default: return false
        }
        return true
    }

    /// Target, format, vdev, access, in this order; what is given by name is left out.
    private mutating func readPositional(_ field: Substring, into disk: inout XenDisk) {
        if position == .format, hasFormat { position = .device }
        if position == .device, disk.device != nil { position = .access }
        switch position {
        case .target:
            disk.target = String(field)
            position = .format
        case .format:
            position = .device
        case .device:
            readDevice(field, into: &disk)
            position = .access
        case .access:
            disk.isReadOnly = disk.isReadOnly || Self.meansReadOnly(field)
            position = .done
        case .done: break
        }
    }

    /// `hdc:cdrom` in the older form.
    private func readDevice(_ field: Substring, into disk: inout XenDisk) {
        let parts = field.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        disk.device = String(parts[0])
        if parts.count > 1, parts[1] == "cdrom" { disk.isReadOnly = true }
    }

    private static func meansReadOnly(_ access: Substring) -> Bool { access == "r" || access == "ro" }
}
