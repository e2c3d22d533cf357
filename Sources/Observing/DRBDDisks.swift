internal import Diagnostics
internal import Host
public import LiveState
public import Planning
public import Repository

/// Looks at the disks that DRBD resources stand on, or are to stand on. Nothing is written.
public struct DRBDDisks: Sendable {
    private let configuration: [String]
    private let environment: [String: String]

    /// - Parameter configuration: where drbdadm is to read what the resources are, in its own words; none is the host's own files.
    public init(configuration: [String] = [], environment: [String: String] = [:]) {
        self.configuration = configuration
        self.environment = environment
    }

    /// What the disks of a resource hold that a commit brings; all of it, or unknown.
    public func metadata(of newcomer: DRBDNewcomer) async -> Known<DRBDMetadata> {
        await metadata(of: newcomer.askedFor, in: newcomer.name, isOccupied: newcomer.isOccupied)
    }

    /// The same of some disks of a resource.
    public func metadata(of devices: [BackingDevice], in resource: String, isOccupied: Bool = false) async -> Known<DRBDMetadata> {
        var metadata = DRBDMetadata([:])
        for device in devices {
            switch await content(of: device, in: resource, isOccupied: isOccupied) {
            case .known(let content): metadata.disks[device.number] = content
            case .unknown(let reason): return .unknown(reason)
            }
        }
        return .known(metadata)
    }

    /// What a disk holds. A tool that is missing or fails says "unknown", never "nothing".
    ///
    /// - Parameter isOccupied: whether another resource has it still, or its minor: drbdmeta(8) "can only be used on devices which are not currently in use
    ///   by the kernel".
    public func content(of device: BackingDevice, in resource: String, isOccupied: Bool = false) async -> Known<DRBDMetadata.Content> {
        do {
            let generation = isOccupied ? nil : try await generation(of: device.number, in: resource)
            if let generation, generation != Self.justCreated { return .known(.data) }
            let signatures = try await signatures(on: device.disk)
            let strangers = Set(signatures).subtracting(["drbd"]).sorted()
            if isOccupied, signatures.contains("drbd") { return .known(.data) }
            if !strangers.isEmpty { return .known(.foreign(strangers.joined(separator: ", "))) }
            // Of another generation of DRBD, or where this one would not look.
            if generation == nil, !signatures.isEmpty { return .known(.foreign("metadata of DRBD that drbdadm does not know")) }
            guard try await isBlank(device.disk) else { return .known(.foreign("data of no known kind")) }
            return .known(generation == nil ? .nothing : .justCreated)
        } catch {
            return .unknown("\(error)")
        }
    }

    /// The current data generation, from the kernel if it has the disk, or else from the disk itself; nil where there are no metadata. Of that get-gi says
    /// nothing, and dump-md does; which would not tell a generation after a power cut ("Found meta data is "unclean", please apply-al first").
    private func generation(of volume: Int, in resource: String) async throws -> UInt64? {
        let output = try await drbdadm("get-gi", resource, volume)
        guard output.succeeded else {
            let dump = try await drbdadm("dump-md", resource, volume)
            guard !dump.succeeded, dump.error.contains("No valid meta data found") else { throw CommandError.failed(dump.succeeded ? output : dump) }
            return nil
        }
        guard let generation = Self.generation(in: output.text) else { throw Finding.error("\(output.command.line) says what nobody understands") }
        return generation
    }

    private func drbdadm(_ verb: String, _ resource: String, _ volume: Int) async throws -> Output {
        try await Command("drbdadm", configuration + [verb, "\(resource)/\(volume)"], environment: environment, limit: .seconds(30)).run()
    }

    /// `0000000000000004:0000000000000000:…`, a line for each peer. The lowest bit says Primary.
    static func generation(in text: String) -> UInt64? {
        let words = text.split(whereSeparator: \.isNewline).compactMap { $0.split(separator: ":").first }
        return words.first.flatMap { UInt64($0, radix: 16) }.map { $0 & ~1 }
    }

    /// What create-md leaves: `UUID_JUST_CREATED` (drbd.h).
    static let justCreated: UInt64 = 4

    /// "When used without any options, wipefs lists all visible filesystems and the offsets of their basic signatures" (wipefs(8)), partition tables too.
    public func signatures(on disk: String) async throws -> [String] {
        let command = Command("wipefs", ["--no-act", "--noheadings", "--output", "TYPE", disk], limit: .seconds(30))
        return try await command.run().orThrow().text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    private static let beginning = 128 << 10

    /// drbdmeta looks at the first 128 KiB, and asks before it writes beside "some data" there.
    private func isBlank(_ disk: String) async throws -> Bool {
        let bytes = try await Command("head", ["--bytes=\(Self.beginning)", disk], limit: .seconds(30)).run().orThrow().bytes
        guard bytes.count == Self.beginning else { throw Finding.error("\(disk) has \(bytes.count) bytes") }
        return bytes.allSatisfy { $0 == 0 }
    }
}
