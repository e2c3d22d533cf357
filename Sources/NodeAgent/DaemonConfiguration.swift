public import Diagnostics
public import GitStore
internal import Presenting
public import Serving

/// What `coxswain run` needs to know beside the repository, in the words of the node's file.
public struct DaemonConfiguration: Sendable {
    /// Between two looks for a new commit.
    public private(set) var fetch = Duration.seconds(60)
    public private(set) var logFormat = EventLog.Format.text
    /// Nil: nobody may ask over TCP.
    public private(set) var listen: ListenAddress?
    public private(set) var webhookSecret: [UInt8]?
    public private(set) var serverNames: [String] = []
    public private(set) var proposals: [ReferencePattern] = []
    /// All that is wrong: with any of it the daemon does not start.
    public private(set) var findings: [Finding] = []

    public init(_ file: NodeConfiguration) {
        take(file["interval"]) { $0.fetch = try Self.interval($1) }
        take(file["log-format"]) { $0.logFormat = try Self.format($1) }
        take(file["listen"]) { $0.listen = try ListenAddress($1) }
        take(file["server-names"]) { $0.serverNames = try Self.words($1).map(Self.name) }
        take(file["proposals"]) { $0.proposals = try Self.words($1).map { try ReferencePattern($0) } }
        take(file["webhook-secret"]) { configuration, name in
            guard file["listen"] != nil else {
                throw Finding.error("a webhook's secret without a place to listen at", remedy: "listen: 127.0.0.1:9180")
            }
            configuration.webhookSecret = Array(try NodeSecret.read(name, "the webhook's").utf8)
        }
    }

    private mutating func take(_ text: String?, _ body: (inout DaemonConfiguration, String) throws -> Void) {
        guard let text else { return }
        do {
            try body(&self, text)
        } catch {
            findings.append((error as? Finding) ?? .error("\(error)"))
        }
    }

    private static func words(_ text: String) -> [String] { text.split { $0 == "," || $0 == " " }.map(String.init) }

    private static func interval(_ text: String) throws(Finding) -> Duration {
        guard let seconds = Double(text), (0.1...86_400).contains(seconds) else {
            throw .error("interval: \"\(text.terminalSafe)\" is no number of seconds", expected: "0.1 to 86400")
        }
        return .milliseconds(Int(seconds * 1000))
    }

    private static func format(_ text: String) throws(Finding) -> EventLog.Format {
        guard let format = EventLog.Format(rawValue: text) else {
            throw .error("log-format: \"\(text.terminalSafe)\" is none", expected: EventLog.Format.allCases.map(\.rawValue).joined(separator: " or "))
        }
        return format
    }

    /// RFC 9110, 7.2: what a browser puts into the field Host, less the port.
    private static func name(_ text: String) throws(Finding) -> String {
        guard text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }) else {
            throw .error("server-names: \"\(text.terminalSafe)\" is no name of a host", expected: "a name alone, such as ha.example.org")
        }
        return text
    }
}
