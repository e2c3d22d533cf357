internal import LiveState
internal import XenSyntax

// Disks and network interfaces of a domU that runs, beside what its file says of them. libxl keeps what xl was told, and xl has defaults of
// its own in xl.conf: of some words that are missing in the file nobody can tell whether they are missing.

extension LiveDomain.Disk {
    /// How it is another than the file says, but for the device or file behind it.
    func differences(from disk: XenDisk) -> [String] {
        var differences: [String] = []
        if isReadOnly != disk.isReadOnly {
            differences.append(isReadOnly ? "disk \(device) read-only, not writable" : "disk \(device) writable, not read-only")
        }
        guard let options else { return differences }
        var (has, wants) = (options, disk.options)
        // Which disc is in the drive says how it is read.
        if disk.isCDROM { (has["format"], wants["format"]) = (nil, nil) }
        return differences + optionDifferences(has, wants, unless: []).map { "disk \(device) \($0)" }
    }
}

extension LiveDomain.Interface {
    /// How it is another than the file says.
    func differences(from interface: XenInterface) -> [String] {
        var differences: [String] = []
        if let wants = interface.bridge, let has = bridge, has != wants { differences.append("\(mac) on \(has), not on \(wants)") }
        guard let options else { return differences }
        var wants = interface.options
        wants["rate"] = interface.rate.map { Self.rate($0.bytes, in: $0.interval) }
        return differences + optionDifferences(options, wants, unless: ["script", "gatewaydev", "mtu", "type"]).map { "\(mac) \($0)" }
    }
}

/// - Parameter unclear: what xl may have from elsewhere, where the file does not say it.
private func optionDifferences(_ has: [String: String], _ wants: [String: String], unless unclear: Set<String>) -> [String] {
    Set(has.keys).union(wants.keys).sorted().compactMap { key in
        guard has[key] != wants[key], wants[key] != nil || !unclear.contains(key) else { return nil }
        if key == "script", let has = has[key], let wants = wants[key], isSameScript(has, wants) { return nil }
        return "\(key) \(has[key] ?? "none"), not \(wants[key] ?? "none")"
    }
}

/// Without a slash it is a name in Xen's own directory.
private func isSameScript(_ a: String, _ b: String) -> Bool {
    guard a.contains("/") != b.contains("/") else { return a == b }
    return a.split(separator: "/").last == b.split(separator: "/").last
}

extension XenInterface {
    /// What a former version of the file says of it, and this one leaves to xl.
    func words(missingFrom former: XenInterface) -> [String] {
        ["mac", "bridge", "script", "gatewaydev", "mtu", "type", "backend"].filter { self[$0] == nil && former[$0] != nil }
    }
}
