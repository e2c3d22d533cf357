internal import Diagnostics
internal import FoundationEssentials
internal import Host
public import Repository

/// Asks LVM for the logical volumes of this host.
public struct VolumeObserver: Sendable {
    private let environment: [String: String]

    /// - Parameter environment: what lvm(8) is told besides (`LVM_SYSTEM_DIR`).
    public init(environment: [String: String] = [:]) { self.environment = environment }

    /// Every volume group with its volumes, by name; those that LVM keeps for itself are left out.
    /// - Throws: `CommandError`, or `Finding` where lvs(8) says what nobody understands.
    public func groups() async throws -> [VolumeGroup] {
        let command = Command(
            "lvs", ["--reportformat", "json", "--units", "b", "--nosuffix", "--options", "vg_name,lv_name,lv_size"],
            environment: environment, limit: .seconds(30))
        return try Self.groups(in: try await command.run().orThrow().bytes)
    }

    static func groups(in report: [UInt8]) throws -> [VolumeGroup] {
        let document: Report
        do {
            document = try JSONDecoder().decode(Report.self, from: Data(report))
        } catch {
            throw Finding.error("the output of lvs can't be understood: \(error)")
        }
        let volumes = Dictionary(grouping: document.report.flatMap(\.lv), by: \.group)
        return volumes.sorted { $0.key < $1.key }.map { name, volumes in
            VolumeGroup(name: name, volumes: volumes.compactMap(\.volume).sorted { $0.name < $1.name })
        }
    }

    /// lvmreport(7): every value is a string.
    private struct Report: Decodable {
        let report: [Part]

        struct Part: Decodable { let lv: [Row] }

        struct Row: Decodable {
            let group, name, size: String

            enum CodingKeys: String, CodingKey {
                case group = "vg_name"
                case name = "lv_name"
                case size = "lv_size"
            }

            var volume: LogicalVolume? { Int(size).map { LogicalVolume(name: name, size: $0) } }
        }
    }
}
