internal import Diagnostics
internal import FoundationEssentials
internal import Host
public import LiveState

/// Asks Xen for the domUs of this host.
public struct DomainObserver: Sendable {
    public init() {}

    /// Those that run here, by name. An xl that is missing, hangs or says what nobody understands is unknown, not "none".
    public func domains() async -> Known<[String: LiveDomain]> {
        do {
            let output = try await Command("xl", ["list", "--long"], limit: .seconds(30)).run().orThrow()
            return .known(try Self.domains(in: output.bytes))
        } catch {
            return .unknown("\(error)")
        }
    }

    /// - Parameter report: what `xl list --long` prints: "Print the domain information in JSON format" (xl(1), 4.17). What is as libxl has it
    ///   by default is left out: one processor. Domain 0 is none of ours.
    /// - Throws: `Finding` where that can't be understood.
    static func domains(in report: [UInt8]) throws -> [String: LiveDomain] {
        let rows: [Row]
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            rows = try decoder.decode([Row].self, from: Data(report))
        } catch {
            throw Finding.error("the output of xl can't be understood: \(error)")
        }
        let named = rows.filter { $0.domid != 0 }.compactMap { row in
            row.config.domain.flatMap { domain in row.config.cInfo?.name.map { ($0, domain) } }
        }
        return Dictionary(named, uniquingKeysWith: { first, _ in first })
    }

    // MARK: The document (libxl_types.idl)

    private struct Row: Decodable {
        let domid: Int
        let config: Configuration
    }

    private struct Configuration: Decodable {
        struct Creation: Decodable { let name: String? }

        struct Build: Decodable {
            let maxVcpus: Int?
            let availVcpus: [Int]?
            let maxMemkb, targetMemkb: Int?
            let kernel, ramdisk, cmdline: String?
        }

        struct Disk: Decodable {
            let vdev, pdevPath: String?
            let readwrite: Int?
        }

        struct Interface: Decodable { let mac, bridge: String? }

        let cInfo: Creation?
        let bInfo: Build?
        let disks: [Disk]?
        let nics: [Interface]?

        var domain: LiveDomain? {
            guard let build = bInfo, let memory = build.targetMemkb, let maxMemory = build.maxMemkb else { return nil }
            let most = build.maxVcpus ?? 1
            var domain = LiveDomain(
                vcpus: build.availVcpus?.count ?? most, maxVCPUs: most, memory: memory, maxMemory: maxMemory,
                disks: (disks ?? []).compactMap { disk in
                    disk.vdev.map {
                        LiveDomain.Disk(
                            device: $0, target: disk.pdevPath.flatMap { $0.isEmpty ? nil : $0 }, isReadOnly: disk.readwrite ?? 0 == 0)
                    }
                },
                interfaces: (nics ?? []).compactMap { nic in nic.mac.map { LiveDomain.Interface(mac: $0.lowercased(), bridge: nic.bridge) } })
            (domain.kernel, domain.ramdisk, domain.commandLine) = (build.kernel, build.ramdisk, build.cmdline)
            return domain
        }
    }
}
