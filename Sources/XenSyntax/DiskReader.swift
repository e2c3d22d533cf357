/// Goes through the parameters of a disk, separated by commas, as the scanner of libxlutil does: of all its patterns the longest
/// match counts. Like that scanner it looks at bytes.
struct DiskReader {
    private(set) var disk: XenDisk
    private var rest: Substring
    private var hasFormerPrefix = false
    private var hasAccess = false
    private var isWritable = true
    /// What COLO replication is told, which is looked at for repetition only.
    private var replicas: [Substring: Substring] = [:]

    init(_ specification: String) {
        disk = XenDisk(unread: specification)
        rest = specification[...]
    }

    mutating func read() {
        while disk.objection == nil, let first = rest.utf8.first {
            if first.isBlank { rest = Substring(rest.utf8.drop(while: \.isBlank)) } else { readParameter() }
        }
        finish()
    }

    private mutating func readParameter() {
        // target= "consumes the whole rest of the "DISKSPEC"" (xl-disk-configuration(5)), commas and all.
        if rest.utf8.starts(with: "target=".utf8) {
            let target = rest.utf8.dropFirst("target=".utf8.count)
            set(\.target, String(Substring(target.last == .comma ? target.dropLast() : target)), "target")
            rest = ""
        } else if !readFormerPrefix() {
            let comma = rest.utf8.firstIndex(of: .comma)
            let parameter = rest[..<(comma ?? rest.endIndex)]
            rest = comma.map { rest[rest.utf8.index(after: $0)...] } ?? ""
            readNamed(parameter, isLast: comma == nil)
        }
    }

    private mutating func refuse(_ message: String, _ part: some StringProtocol) {
        if disk.objection == nil { disk.objection = XenDisk.Objection(message: message, part: String(part)) }
    }

    /// A CD-ROM is read-only, whatever access= says (libxlu_disk.c).
    private mutating func finish() {
        disk.isReadOnly = !isWritable || disk.isCDROM
        if disk.format == nil { disk.format = "raw" }
        if disk.isCDROM, disk.target?.isEmpty ?? true { disk.format = "empty" }
        if disk.device == nil { refuse("no device in the domU, such as xvda", "") }
        if disk.target == nil, !disk.isCDROM { refuse("no target: the device or file on the host", "") }
    }
}

// MARK: The forms of a parameter

extension DiskReader {
    private static let formats: Set<Substring> = ["raw", "qcow", "qcow2", "vhd"]
    private static let scripts: Set<Substring> = ["drbd", "nbd", "enbd", "iscsi"]
    private static let drivers: Set<Substring> = ["phy", "file", "tap", "tap2", "aio", "tapdisk", "ioemu"]

    /// The older forms begin with the driver or the format, and have no format after the target then.
    private mutating func readFormerPrefix() -> Bool {
        guard let first = rest.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
        guard let colon = rest.utf8.firstIndex(where: { !$0.isInPrefix }), rest.utf8[colon] == UInt8(ascii: ":") else { return false }
        let prefix = rest[..<colon]
        let after = rest[rest.utf8.index(after: colon)...]
        if Self.formats.contains(prefix) {
            setFormat(prefix)
        } else if Self.scripts.contains(prefix) {
            set(\.script, "block-\(prefix)", "script")
        } else if !Self.drivers.contains(prefix) {
            if let next = after.utf8.first, next.isInPrefix { return false }
            refuse("an unknown prefix", rest[...colon])
        }
        hasFormerPrefix = true
        rest = after
        return true
    }

    private mutating func readNamed(_ parameter: Substring, isLast: Bool) {
        guard let equals = parameter.utf8.firstIndex(of: UInt8(ascii: "=")) else { return readFlag(parameter) }
        let value = parameter[parameter.utf8.index(after: equals)...]
        switch parameter[..<equals] {
        case "format": setFormat(value)
        case "access": setAccess(value)
        case "vdev": set(\.device, String(value), "vdev")
        case "script": set(\.script, String(value), "script")
        case "backend": set(\.backend, String(value), "backend")
        case "backendtype": setBackendType(value)
        case "devtype": setType(value, "devtype")
        case "specification": if value != "xen", value != "virtio" { refuse("specification is xen or virtio", value) }
        case "colo-port": if value.prefix(while: \.isNumber).allSatisfy({ $0 == "0" }) { refuse("colo-port is a number", value) }
        case let name where ["colo-host", "colo-export", "active-disk", "hidden-disk"].contains(name):
            if replicas.updateValue(value, forKey: name)?.isEmpty == false { refuse("\(name) is given twice", value) }
        // Its scanner misses an = at the very end.
        default: if value.isEmpty, isLast { readFlag(parameter.dropLast()) } else { refuse("an unknown parameter", parameter) }
        }
    }

    private mutating func readFlag(_ parameter: Substring) {
        switch parameter {
        case "cdrom": disk.isCDROM = true
        case "direct-io-safe": disk.isDirectIOSafe = true
        case "discard": disk.discards = true
        case "no-discard": disk.discards = false
        case "colo", "no-colo": break
        default: readPositional(parameter)
        }
    }

    /// Target, format, vdev, access, in this order; what is given by name is left out.
    private mutating func readPositional(_ value: Substring) {
        if disk.target == nil {
            set(\.target, String(value), "target")
        } else if !hasFormerPrefix, disk.format == nil {
            if disk.target == "", readDeviceAndType(value) { disk.format = "empty" } else { setFormat(value) }
        } else if disk.device == nil {
            if !readDeviceAndType(value) { set(\.device, String(value), "vdev") }
        } else if !hasAccess {
            hasAccess = true
            setAccess(value)
        } else {
            refuse("too many parameters", value)
        }
    }

    /// `hdc:cdrom` in the older form.
    private mutating func readDeviceAndType(_ value: Substring) -> Bool {
        guard let colon = value.lastIndex(of: ":") else { return false }
        set(\.device, String(value[..<colon]), "vdev")
        setType(value[value.index(after: colon)...], "the type")
        return true
    }
}

// MARK: Values

extension DiskReader {
    private mutating func set(_ property: WritableKeyPath<XenDisk, String?>, _ value: String, _ name: String) {
        if let before = disk[keyPath: property], !before.isEmpty { return refuse("\(name) is given twice", value) }
        disk[keyPath: property] = value
    }

    private mutating func setFormat(_ value: Substring) {
        guard Self.formats.contains(value) || value.isEmpty || value == "empty" || value == "qed" else {
            return refuse("an unknown format", value)
        }
        let format = value.isEmpty ? "raw" : String(value)
        guard disk.format == nil || disk.format == format else { return refuse("the format is given twice", value) }
        disk.format = format
    }

    private mutating func setBackendType(_ value: Substring) {
        guard ["phy", "tap", "qdisk", "standalone"].contains(value) else { return refuse("an unknown backendtype", value) }
        guard disk.backendType == nil || disk.backendType == String(value) else { return refuse("backendtype is given twice", value) }
        disk.backendType = String(value)
    }

    private mutating func setAccess(_ value: Substring) {
        switch value {
        case "ro", "r": isWritable = false
        case "rw", "w", "": isWritable = true
        default: refuse("access is r, ro, w or rw", value)
        }
    }

    private mutating func setType(_ value: Substring, _ name: String) {
        guard value == "cdrom" || value == "disk" else { return refuse("\(name) is disk or cdrom", value) }
        disk.isCDROM = value == "cdrom"
    }
}

extension UInt8 {
    fileprivate static let comma = UInt8(ascii: ",")

    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    fileprivate var isInPrefix: Bool { isInKey && self != UInt8(ascii: "_") }
}
