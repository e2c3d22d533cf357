internal import Host

/// The real drbdadm of each generation, reading a configuration on a host without DRBD's kernel module.
public enum DRBDAdm {
    public enum Dialect: String, CaseIterable, Sendable {
        case v83 = "8.3"
        case v84 = "8.4"
        case v9 = "9"
    }

    public struct Refusal: Error, CustomStringConvertible { public let description: String }

    /// What `drbdadm dump all` makes of the text on the host "alpha", without its comments, which name the file.
    public static func dump(_ text: String, _ dialect: Dialect) async throws -> String {
        let scratch = try Scratch()
        let path = try scratch.write(text, to: "drbd.conf")
        let output = try await call(program(dialect), ["-c", path, "dump", "all"], dialect)
        return output.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
    }

    /// Whether drbdadm reads the text.
    public static func accepts(_ text: String, _ dialect: Dialect) async throws -> Bool {
        do {
            _ = try await dump(text, dialect)
            return true
        } catch is Refusal {
            return false
        }
    }

    /// Why drbdadm refuses the text on a host; nil where it takes it. 9 brings together what is inherited only when it is asked for
    /// more than a dump.
    public static func refusal(of text: String, _ dialect: Dialect, on host: String = "alpha") async throws -> String? {
        let scratch = try Scratch()
        let path = try scratch.write(text, to: "drbd.conf")
        do {
            for question in dialect == .v9 ? [["dump", "all"], ["sh-nop"]] : [["dump", "all"]] {
                _ = try await call(program(dialect), ["-c", path] + question, dialect, on: host)
            }
            return nil
        } catch let refusal as Refusal {
            // Which addresses there are is this machine's to say.
            return refusal.description.contains("not found on this host") ? nil : refusal.description
        }
    }

    /// The options of a command of drbdsetup, as XML.
    public static func optionsOfDRBDSetup(_ command: String, _ dialect: Dialect = .v9) async throws -> String {
        try await call(dialect == .v84 ? "/lib/drbd/drbdsetup-84" : "drbdsetup", ["xml-help", command], dialect)
    }

    private static func program(_ dialect: Dialect) -> String { dialect == .v83 ? "/lib/drbd/drbdadm-83" : "drbdadm" }

    private static func call(_ program: String, _ arguments: [String], _ dialect: Dialect, on host: String = "alpha") async throws -> String {
        let variables = ["__DRBD_NODE__": host, "DRBD_DRIVER_VERSION_OVERRIDE": dialect == .v84 ? "8.4.0" : "9.0.0"]
        let output = try await Command(program, arguments, environment: variables).run()
        guard output.succeeded else { throw Refusal(description: output.error) }
        return output.text
    }
}
