/// A volume of a resource: what stands in the file, nothing assumed.
public struct DRBDVolume: Hashable, Sendable {
    public let number: Int
    /// False where `device` and `disk` stand in the resource or host itself: that is volume 0. It matters: udev makes
    /// `/dev/drbd/by-res/NAME` the device itself then, and a directory otherwise.
    public let isExplicit: Bool
    public private(set) var device: DRBDDevice?
    /// The backing device; `none` on a host without one.
    public private(set) var disk: String?
    /// `internal`, or a device, or a device and an index: `/dev/sdb [0]`.
    public private(set) var metaDisk: String?
    /// In bytes: how much of the backing device is used, where its disk section says so.
    public private(set) var size: Int?
    /// Whether the disk is what the resource says for all hosts: drbdadm looks for a second user of such ones only.
    public private(set) var inheritsDisk = false
}

extension DRBDVolume {
    /// The device of the metadata, without an index; nil where they are on the disk itself.
    public var metadataDevice: String? {
        metaDisk.flatMap { $0 == "internal" ? nil : $0.split(whereSeparator: { $0 == " " || $0 == "[" }).first.map(String.init) }
    }

    private init?(_ section: DRBDConfiguration.Statement) {
        guard let number = section.arguments.first.flatMap({ Int($0.text) }) else { return nil }
        self.init(number: number, isExplicit: true, in: section.body ?? [])
    }

    private init(number: Int, isExplicit: Bool, in body: [DRBDConfiguration.Statement]) {
        // Of several drbdadm takes the last.
        let metaDisk = body.last { $0.body == nil && ["meta-disk", "flexible-meta-disk"].contains($0.keyword.text) }
        self.init(
            number: number, isExplicit: isExplicit,
            device: body.parameter("device").flatMap { DRBDDevice($0.arguments.map(\.text)[...]) },
            disk: body.parameter("disk")?.arguments.first?.text,
            metaDisk: metaDisk?.arguments.map(\.text).joined(separator: " "), size: body.size)
    }

    /// The volumes of one section, by number.
    static func all(in body: [DRBDConfiguration.Statement]) -> [DRBDVolume] {
        let explicit = body.sections("volume").compactMap(DRBDVolume.init)
        let implicit = DRBDVolume(number: 0, isExplicit: false, in: body)
        let hasImplicit = implicit.device != nil || implicit.disk != nil || implicit.metaDisk != nil
        return ((hasImplicit ? [implicit] : []) + explicit).sorted { $0.number < $1.number }
    }

    /// The volumes of a host of which a section of its own says how much of each disk is used, be it that nothing else stands beside that.
    static func limit(_ volumes: [DRBDVolume], as body: [DRBDConfiguration.Statement]) -> [DRBDVolume] {
        guard let size = body.size else { return volumes }
        let own = Set(body.sections("volume").filter { ($0.body ?? []).saysSize }.compactMap { $0.arguments.first.flatMap { Int($0.text) } })
        return volumes.map { volume in
            var limited = volume
            if !own.contains(volume.number) { limited.size = size }
            return limited
        }
    }

    /// What a host inherits, with what it says itself put over it.
    static func merge(_ inherited: [DRBDVolume], with own: [DRBDVolume]) -> [DRBDVolume] {
        var result = inherited
        for index in result.indices { result[index].inheritsDisk = result[index].disk != nil }
        for volume in own {
            guard let index = result.firstIndex(where: { $0.number == volume.number }) else {
                result.append(volume)
                continue
            }
            result[index].device = volume.device ?? result[index].device
            result[index].disk = volume.disk ?? result[index].disk
            result[index].inheritsDisk = volume.disk == nil && result[index].inheritsDisk
            result[index].size = volume.size ?? result[index].size
            result[index].metaDisk = volume.metaDisk ?? result[index].metaDisk
        }
        return result.sorted { $0.number < $1.number }
    }
}

/// The device node of a volume: `device /dev/drbd1;`, `device minor 1;` and `device /dev/drbd1 minor 1;` are the same.
public struct DRBDDevice: Hashable, Sendable {
    public let path: String
    /// Nil where the path doesn't tell.
    public let minor: Int?

    /// Reads the arguments of `device`; nil if they are none.
    init?(_ arguments: ArraySlice<String>) {
        var words = Array(arguments)
        // "/dev/ is optional, but drbd is required" (drbdadm)
        if words.first?.hasPrefix("drbd") == true { words[0] = "/dev/" + words[0] }
        switch words.count {
        case 1:
            path = words[0]
            minor = words[0].hasPrefix(Self.prefix) ? Int(words[0].dropFirst(Self.prefix.count)) : nil
        case 2 where words[0] == "minor":
            guard let minor = Int(words[1]) else { return nil }
            path = "\(Self.prefix)\(minor)"
            self.minor = minor
        case 3 where words[1] == "minor":
            guard let minor = Int(words[2]) else { return nil }
            path = words[0]
            self.minor = minor
        default: return nil
        }
    }

    /// "Replicated block devices are called /dev/drbdminor by default." (drbd.conf(5), 9.0)
    private static let prefix = "/dev/drbd"
}

extension [DRBDConfiguration.Statement] {
    /// In bytes; without a unit, the file counts sectors. Nil for none, and for 0, which leaves the choice to DRBD.
    var size: Int? {
        guard let sectors = sizeParameter?.arguments.first.flatMap({ Quantity.number($0.text, scale: .sectors) }), sectors > 0 else {
            return nil
        }
        let (bytes, overflow) = sectors.multipliedReportingOverflow(by: Quantity.Scale.sectors.rawValue)
        return overflow ? nil : Int(exactly: bytes)
    }

    var saysSize: Bool { sizeParameter != nil }

    private var sizeParameter: DRBDConfiguration.Statement? { sections("disk").flatMap { $0.body ?? [] }.parameter("size") }
}
