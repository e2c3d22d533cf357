/// A logical volume as a device of a host: `/dev/vg0/xps-101`, or `/dev/mapper/vg0-xps--101`.
public struct VolumePath: Hashable, Sendable {
    public private(set) var group: String
    public private(set) var name: String

    public init(group: String, name: String) {
        self.group = group
        self.name = name
    }

    /// Nil for a device that can't be one.
    public init?(_ path: String) {
        let parts = Self.parts(of: path)
        switch (parts.count, parts.dropFirst().first) {
        case (_, _) where parts.first != "dev": return nil
        // Links of udev: "dm-name-" stands before what device-mapper calls it.
        case (4, "disk"?) where parts[2] == "by-id" && parts[3].hasPrefix(Self.link):
            guard let (group, name) = Self.halves(ofMapped: parts[3].dropFirst(Self.link.count)) else { return nil }
            self.init(group: group, name: name)
        case (3, "mapper"?):
            // Hyphens in names are doubled there, so that the single one separates.
            guard let (group, name) = Self.halves(ofMapped: parts[2]) else { return nil }
            self.init(group: group, name: name)
        case (3, let group?): self.init(group: String(group), name: String(parts[2]))
        default: return nil
        }
    }

    private static let link = "dm-name-"

    /// Without what the kernel passes over: `//`, `/./`, `/x/..`.
    fileprivate static func parts(of path: String) -> [Substring] {
        var parts: [Substring] = []
        for part in path.utf8.split(separator: UInt8(ascii: "/")) {
            let text = Substring(part)
            if text == ".." { _ = parts.popLast() } else if text != "." { parts.append(text) }
        }
        return parts
    }

    private static func halves(ofMapped mapped: Substring) -> (String, String)? {
        var halves = [""]
        var rest = mapped
        while let character = rest.popFirst() {
            if character == "-", rest.first != "-", halves.count == 1 {
                halves.append("")
            } else {
                if character == "-", rest.first == "-" { rest.removeFirst() }
                halves[halves.count - 1].append(character)
            }
        }
        return halves.count == 2 ? (halves[0], halves[1]) : nil
    }
}

/// A device or file of a host under one of its names, whichever way it is written.
public enum DevicePath {
    public static func canonical(_ path: String) -> String {
        if let volume = VolumePath(path) { return "/dev/\(volume.group)/\(volume.name)" }
        return path.hasPrefix("/") ? "/" + VolumePath.parts(of: path).joined(separator: "/") : path
    }
}
