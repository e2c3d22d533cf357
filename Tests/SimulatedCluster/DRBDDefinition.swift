internal import Diagnostics
internal import Repository

/// What a file of a sample says of its DRBD resource: read once.
final class DRBDDefinition: Sendable {
    let source: SourceText
    /// What the data of its only volume are on.
    let disk: VolumePath?
    /// The lines that say where its data are.
    let devices: [Substring]

    init(_ source: SourceText) {
        self.source = source
        devices = source.text.split(separator: "\n").filter { line in ["  device ", "  disk "].contains { line.hasPrefix($0) } }
        disk = devices.first { $0.hasPrefix("  disk ") }.flatMap { VolumePath(String($0.dropFirst(7).prefix { $0 != ";" })) }
    }

    var bytes: [UInt8] { source.bytes }
    var text: String { source.text }
}
