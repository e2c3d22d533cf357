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
        let parts = path.utf8.split(separator: UInt8(ascii: "/"))
        guard parts.count == 3, parts[0].elementsEqual("dev".utf8) else { return nil }
        (group, name) = (String(path[parts[1].startIndex..<parts[1].endIndex]), String(path[parts[2].startIndex..<parts[2].endIndex]))
        guard group == "mapper" else { return }
        // Hyphens in names are doubled there, so that the single one separates.
        guard let (group, name) = Self.halves(ofMapped: name) else { return nil }
        (self.group, self.name) = (group, name)
    }

    private static func halves(ofMapped mapped: String) -> (String, String)? {
        var halves = [""]
        var rest = mapped[...]
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
