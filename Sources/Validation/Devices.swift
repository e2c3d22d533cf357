internal import DRBDSyntax
internal import Diagnostics
internal import Repository

/// The volumes of DRBD by the paths of their devices on the hosts.
struct Devices {
    private let definitions: [String: ResourceDefinition]
    private let files: [DRBDFile]
    private let owners: [String: (resource: String, volume: Int)]
    /// "udev-always-use-vnr", for all resources of a host.
    private let alwaysNumbersVolumes: Bool

    init(_ files: [DRBDFile], _ definitions: [String: ResourceDefinition]) {
        self.definitions = definitions
        self.files = files
        alwaysNumbersVolumes = files.contains(where: \.alwaysNumbersVolumes)
        var owners: [String: (resource: String, volume: Int)] = [:]
        owners.reserveCapacity(3 * files.count)
        for definition in files.lazy.flatMap(\.resources) {
            for volume in definition.hosts.lazy.flatMap(\.volumes) {
                for path in volume.paths where owners[path] == nil { owners[path] = (definition.name, volume.number) }
            }
        }
        self.owners = owners
    }

    static let byResource = "/dev/drbd/by-res/"

    /// The resource behind `/dev/drbd/by-res/NAME`, `/dev/drbd/by-res/NAME/0`, `/dev/drbd/by-disk/DISK`, `/dev/drbd7` or the name
    /// that the resource gives its device.
    func resource(of path: String) -> String? { Self.named(by: path)?.resource ?? owners[path]?.resource }

    /// One name for all paths of a device: where it can be told, that of the resource and volume.
    func canonical(_ path: String) -> String {
        if let (name, volume) = Self.named(by: path) { return "\(Self.byResource)\(name)/\(volume ?? "0")" }
        let path = DevicePath.canonical(path)
        return owners[path].map { "\(Self.byResource)\($0.resource)/\($0.volume)" } ?? path
    }

    /// A path that looks like one of a device, and is none.
    struct Mistake {
        let isDirectory: Bool
        /// What was probably meant.
        let meant: String?
    }

    /// What can be meant by those who name a resource, and by those who name a device.
    var guesses: (names: Guesses, paths: Guesses) {
        let files = self.files
        return (
            Guesses(among: files.flatMap(\.resources).map(\.name)),
            Guesses(among: files.flatMap(\.resources).flatMap(\.hosts).flatMap(\.volumes).flatMap(\.paths))
        )
    }

    /// Nil where the path leads to a device, or nothing is known of it.
    func mistake(in path: String, _ guesses: inout (names: Guesses, paths: Guesses)) -> Mistake? {
        guard !definitions.isEmpty, path.hasPrefix("/dev/drbd") else { return nil }
        guard let (name, volume) = Self.named(by: path) else {
            return owners[path] == nil ? Mistake(isDirectory: false, meant: Self.sound(guesses.paths.nearest(to: path), for: path)) : nil
        }
        guard let definition = definitions[name] else {
            return Mistake(isDirectory: false, meant: Self.sound(guesses.names.nearest(to: name), for: name).map { Self.byResource + $0 })
        }
        let links = links(of: definition)
        guard !links.contains(path) else { return nil }
        return volume == nil
            ? Mistake(isDirectory: true, meant: links.first)
            : Mistake(isDirectory: false, meant: Self.sound(nearest(to: path, among: links), for: path))
    }

    /// What differs in a number is another device, and may be another one's data: /dev/drbd0 for /dev/drbd9.
    private static func sound(_ guess: String?, for path: String) -> String? {
        guess.flatMap { $0.filter(\.isNumber) == path.filter(\.isNumber) ? $0 : nil }
    }

    /// A path of a resource that is defined: of several volumes the first.
    func link(of resource: String) -> String { definitions[resource].flatMap { links(of: $0).first } ?? Self.byResource + resource }

    /// What udev makes: "/dev/drbd/by-res/NAME" of a resource without volume sections, and a link for each volume otherwise.
    private func links(of definition: ResourceDefinition) -> [String] {
        let volumes = definition.hosts.flatMap(\.volumes)
        let link = Self.byResource + definition.name
        guard volumes.contains(where: { $0.isExplicit || alwaysNumbersVolumes }) else { return [link] }
        return Set(volumes.map(\.number)).sorted().map { "\(link)/\($0)" }
    }

    private static func named(by path: String) -> (resource: String, volume: Substring?)? {
        guard path.hasPrefix(byResource) else { return nil }
        let parts = path.dropFirst(byResource.count).split(separator: "/", maxSplits: 1)
        return parts.first.map { (String($0), parts.count > 1 ? parts[1] : nil) }
    }
}

extension DRBDVolume {
    /// Those that are not named after the resource. `SYMLINK_BY_DISK=drbd/by-disk/…` (drbd.conf(5), 9.0): the backing device
    /// without "/dev/".
    fileprivate var paths: [String] {
        let disk = disk.map { "/dev/drbd/by-disk/" + ($0.hasPrefix("/dev/") ? $0.dropFirst(5) : $0[...]) }
        return [device?.path, device?.minor.map { "/dev/drbd\($0)" }, disk].compactMap(\.self)
    }
}
