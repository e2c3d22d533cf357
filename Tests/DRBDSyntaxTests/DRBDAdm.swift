import Host
import TestKit

/// The real drbdadm, reading a configuration on the host "alpha" without DRBD's kernel module.
enum DRBDAdm {
    enum Dialect: CaseIterable { case v83, v84, v9 }

    struct Refusal: Error, CustomStringConvertible { let description: String }

    /// What `drbdadm dump all` makes of the text, without its comments, which name the file.
    static func dump(_ text: String, _ dialect: Dialect) async throws -> String {
        let scratch = try Scratch()
        let path = try scratch.write(text, to: "drbd.conf")
        let output = try await call(dialect == .v83 ? "/lib/drbd/drbdadm-83" : "drbdadm", ["-c", path, "dump", "all"], dialect)
        return output.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
    }

    /// Whether drbdadm reads the text.
    static func accepts(_ text: String, _ dialect: Dialect) async throws -> Bool {
        do {
            _ = try await dump(text, dialect)
            return true
        } catch is Refusal {
            return false
        }
    }

    /// The options of a command of drbdsetup, as XML.
    static func optionsOfDRBDSetup(_ command: String, _ dialect: Dialect = .v9) async throws -> String {
        try await call(dialect == .v84 ? "/lib/drbd/drbdsetup-84" : "drbdsetup", ["xml-help", command], dialect)
    }

    private static func call(_ program: String, _ arguments: [String], _ dialect: Dialect) async throws -> String {
        let variables = ["__DRBD_NODE__": "alpha", "DRBD_DRIVER_VERSION_OVERRIDE": dialect == .v84 ? "8.4.0" : "9.0.0"]
        let output = try await Command(program, arguments, environment: variables).run()
        guard output.succeeded else { throw Refusal(description: output.error) }
        return output.text
    }
}
