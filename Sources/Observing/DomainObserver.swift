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

    /// - Parameter report: what `xl list --long` prints: "Print the domain information in JSON format" (xl(1), 4.17). Domain 0 is none of ours.
    /// - Throws: `Finding` where that can't be understood.
    static func domains(in report: [UInt8]) throws -> [String: LiveDomain] {
        let rows: [Row]
        do {
            rows = try JSONDecoder().decode([Row].self, from: Data(report))
        } catch {
            throw Finding.error("the output of xl can't be understood: \(error)")
        }
        let named = rows.filter { $0.domid != 0 }.compactMap { row in
            row.config.domain.flatMap { domain in row.config["c_info"]?["name"]?.text.map { ($0, domain) } }
        }
        return Dictionary(named, uniquingKeysWith: { first, _ in first })
    }

    private struct Row: Decodable {
        let domid: Int
        let config: LibxlValue
    }
}
