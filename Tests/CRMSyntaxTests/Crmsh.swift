import Diagnostics
import Foundation
import Testing
import XML

/// The real crmsh, working on a file instead of a cluster.
struct Crmsh {
    /// The CIB after loading, as `show xml` prints it, and `show`'s text for it.
    let cib: Element
    let text: String

    /// Loads a configuration into an empty CIB, without committing it: what the schema refuses can be compared as well.
    init(loading configuration: String) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "crmsh-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = directory.appending(path: "cib.xml")
        try Self.empty.write(to: file, atomically: true, encoding: .utf8)
        let load = directory.appending(path: "load.crm")
        try configuration.write(to: load, atomically: true, encoding: .utf8)
        let script = directory.appending(path: "script")
        try "configure\nload update \(load.path)\nshow xml\nshow\n".write(to: script, atomically: true, encoding: .utf8)
        let output = try Self.run(["-F", "-f", script.path], cib: file.path)
        try self.init(output: output)
    }

    private init(output: String) throws {
        let end = try #require(output.range(of: "</cib>\n"), "crmsh printed no CIB: \(output.prefix(2000))")
        let start = try #require(output.range(of: "<?xml"))
        cib = try Element(parsing: SourceText(path: "cib", text: String(output[start.lowerBound..<end.upperBound])))
        text = String(output[end.upperBound...])
    }

    private static let empty = """
        <cib crm_feature_set="3.16.2" validate-with="pacemaker-3.9" epoch="0" num_updates="0" admin_epoch="0">
        <configuration><crm_config/><nodes/><resources/><constraints/></configuration><status/></cib>
        """

    private static func run(_ arguments: [String], cib: String) throws -> String {
        let crm = "/usr/sbin/crm"
        try #require(FileManager.default.isExecutableFile(atPath: crm), "install the Debian package crmsh")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: crm)
        process.arguments = arguments
        process.environment = ["CIB_file": cib, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/nonexistent", "TERM": "dumb"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice  // the schema's complaints: nothing is committed
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }
}
