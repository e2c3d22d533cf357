/// Names, sizes and hosts, as the files of `lvm/` have them.
extension YAMLReader {
    mutating func groupName(_ key: Value) -> String? { name(key, of: "a volume group") }

    mutating func volumeName(_ key: Value, in group: String) -> String? {
        guard let name = name(key, of: "a logical volume") else { return nil }
        if let word = Self.reserved(in: name) {
            refuse(key, "LVM keeps names with \"\(word)\" for itself", expected: "another name (lvm(8))")
            return nil
        }
        let most = Self.longestPath - group.utf8.count
        guard name.utf8.count <= most else {
            refuse(key, "this name is too long for the group \(group)", expected: "\(most) letters at most")
            return nil
        }
        return name
    }

    /// Letters of a volume's name and of its group's: both are in the name of one device.
    private static let longestPath = 125

    /// "There are also various reserved names that are used internally by lvm" (lvm(8)): names that begin with the first two,
    /// and names with any of the others in them.
    private static func reserved(in name: String) -> String? {
        let parts = [
            "_cdata", "_cmeta", "_corig", "_cpool", "_cvol", "_imeta", "_iorig", "_mimage", "_mlog", "_pmspare", "_rimage", "_rmeta",
            "_tdata", "_tmeta", "_vdata", "_vorigin", "_wcorig",
        ]
        return ["snapshot", "pvmove"].first(where: name.hasPrefix) ?? parts.first(where: name.contains)
    }

    /// "The valid characters for VG and LV names are: a-z A-Z 0-9 + _ . -. VG names cannot begin with a hyphen. The name of a
    /// new LV also cannot begin with a hyphen." (lvm(8))
    private mutating func name(_ key: Value, of what: String) -> String? {
        let name = key.text ?? ""
        let isPlain = name.utf8.allSatisfy { $0.isAlphanumeric || "+_.-".utf8.contains($0) }
        guard !name.isEmpty, name.utf8.count <= 127, isPlain, name.first != "-", name != ".", name != ".." else {
            refuse(key, "this can't be the name of \(what)", expected: "letters, digits, + _ . - (lvm(8))")
            return nil
        }
        return name
    }

    mutating func size(_ value: Value) -> Int? {
        if let size = value.text.flatMap(ByteCount.parse) { return size }
        refuse(
            value, "this is not a size", expected: "a whole number with KiB, MiB, GiB or TiB, such as 10GiB",
            remedy: value.text.flatMap(ByteCount.meant).map { "did you mean \($0)?" })
        return nil
    }

    mutating func hosts(_ value: Value) -> [String]? {
        guard let items = value.items, !items.isEmpty, items.allSatisfy({ $0.text?.isEmpty == false }) else {
            refuse(value, "this is not a list of hosts", expected: "[alpha, bravo]")
            return nil
        }
        var hosts: [String] = []
        for item in items {
            guard let host = text(item) else { return nil }
            guard !hosts.contains(host) else {
                refuse(item, "\(host) is listed twice", expected: "each host once")
                return nil
            }
            hosts.append(host)
        }
        return hosts
    }
}

extension UInt8 {
    fileprivate var isAlphanumeric: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
