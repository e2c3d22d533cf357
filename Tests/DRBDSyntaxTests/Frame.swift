import TestKit

@testable import DRBDSyntax

/// A file that drbdadm takes, with a place for one more statement in every section.
struct Frame {
    enum Place: String, CaseIterable {
        case file, global, common, resource, net, disk, syncer, startup, handlers, options, proxy, host, hostOptions, volume, volumeDisk
        case connection, connectionNet, connectionDisk

        var section: Section {
            switch self {
            case .file: .file
            case .global: .global
            case .common: .common
            case .resource: .resource
            case .net, .connectionNet: .net
            case .disk, .volumeDisk: .disk
            case .syncer: .syncer
            case .startup: .startup
            case .handlers: .handlers
            case .options, .hostOptions: .options
            case .proxy: .proxy
            case .host: .host
            case .volume: .volume
            case .connection: .connection
            case .connectionDisk: .diskOfConnection
            }
        }

        /// Which drbdadm has such a section in such a place.
        var dialects: Dialects {
            switch self {
            case .options, .hostOptions: .since84
            case .volume, .volumeDisk, .connection, .connectionNet, .connectionDisk: .v9
            default: .all
            }
        }
    }

    private let dialect: DRBDAdm.Dialect

    init(_ dialect: DRBDAdm.Dialect) { self.dialect = dialect }

    func text(with statement: String, in place: Place) -> String {
        func here(_ places: Place...) -> String { places.contains(place) ? statement : "" }
        func wrapped(_ name: String, _ wanted: Place) -> String { wanted == place ? "\(name) { \(statement) }" : "" }
        let options = [
            ("net", Place.net), ("disk", .disk), ("syncer", .syncer), ("startup", .startup), ("handlers", .handlers), ("options", .options),
            ("proxy", .proxy),
        ].map(wrapped).joined()
        return """
            global { usage-count no; disable-ip-verification; \(here(.global)) }
            common { \(dialect == .v9 ? "" : "protocol C;") \(here(.common)) }
            resource r0 {
              \(here(.resource)) \(options)
              \(disks(volume: here(.volume) + wrapped("disk", .volumeDisk)))
              on alpha { address 192.0.2.1:7000; \(identity(0)) \(here(.host)) \(wrapped("options", .hostOptions)) }
              on beta { address 192.0.2.2:7000; \(identity(1)) }
              \(connection(here(.connection) + wrapped("net", .connectionNet) + wrapped("disk", .connectionDisk)))
            }
            \(here(.file))
            """
    }

    private func disks(volume: String) -> String {
        let body = "device /dev/drbd1; disk /dev/sda; meta-disk internal;"
        return dialect == .v9 ? "volume 0 { \(body) \(volume) }" : body
    }

    private func identity(_ number: Int) -> String { dialect == .v9 ? "node-id \(number);" : "" }

    private func connection(_ more: String) -> String { dialect == .v9 ? "connection { host alpha; host beta; \(more) }" : "" }
}
