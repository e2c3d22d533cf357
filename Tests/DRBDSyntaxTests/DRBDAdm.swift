import Foundation
import Subprocess

/// The real drbdadm, reading a configuration on the host "alpha" without DRBD's kernel module.
enum DRBDAdm {
    enum Dialect { case v83, v84, v9 }

    struct Refusal: Error, CustomStringConvertible { let description: String }

    /// What `drbdadm dump all` makes of the text, without its comments, which name the file.
    static func dump(_ text: String, _ dialect: Dialect) async throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "drbd-\(UUID().uuidString).conf")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = try await call(
            dialect == .v83 ? "/lib/drbd/drbdadm-83" : "/usr/sbin/drbdadm", ["-c", file.path, "dump", "all"], dialect)
        return output.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
    }

    /// The options of a command of drbdsetup, as XML.
    static func optionsOfDRBDSetup(_ command: String, _ dialect: Dialect = .v9) async throws -> String {
        let program = dialect == .v84 ? "/lib/drbd/drbdsetup-84" : "/usr/sbin/drbdsetup"
        return try await call(program, ["xml-help", command], dialect)
    }

    private static func call(_ program: String, _ arguments: [String], _ dialect: Dialect) async throws -> String {
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw Refusal(description: "\(program) is missing: apt-get install drbd-utils")
        }
        let result = try await run(
            .name("env"), arguments: Arguments([program] + arguments),
            environment: .inherit.updating([
                "__DRBD_NODE__": "alpha", "DRBD_DRIVER_VERSION_OVERRIDE": dialect == .v84 ? "8.4.0" : "9.0.0",
            ]),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        guard result.terminationStatus == .exited(0) else { throw Refusal(description: result.standardError) }
        return result.standardOutput
    }
}
