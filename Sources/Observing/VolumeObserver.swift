internal import Diagnostics
internal import FoundationEssentials
internal import Host
public import LiveState
public import Repository

/// Asks LVM for the logical volumes of this host.
public struct VolumeObserver: Sendable {
    private let environment: [String: String]

    /// - Parameter environment: what lvm(8) is told besides (`LVM_SYSTEM_DIR`).
    public init(environment: [String: String] = [:]) { self.environment = environment }

    /// The volume groups and volumes of this host. LVM that is missing, hangs or says what nobody understands is unknown, not empty.
    public func volumes() async -> Known<LiveVolumes> {
        do {
            let groups = try await report("vgs", LVMReport.groupFields)
            let volumes = try await report("lvs", LVMReport.volumeFields)
            return .known(try LVMReport.volumes(groups: groups, volumes: volumes))
        } catch {
            return .unknown("\(error)")
        }
    }

    private func report(_ tool: String, _ fields: String) async throws -> [UInt8] {
        let command = Command(
            tool, ["--reportformat", "json", "--units", "b", "--nosuffix", "--options", fields], environment: environment, limit: .seconds(30))
        return try await command.run().orThrow().bytes
    }

    /// Every volume group with its volumes, by name; those that LVM keeps for itself are left out.
    /// - Throws: `CommandError`, or `Finding` where lvs(8) says what nobody understands.
    public func groups() async throws -> [VolumeGroup] {
        let volumes = try await report("lvs", "vg_name,lv_name,lv_size")
        return try Self.groups(in: volumes)
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
