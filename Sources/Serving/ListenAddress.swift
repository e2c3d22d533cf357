internal import Diagnostics
internal import NIOCore

/// Where a daemon listens for programs: an address of this host, and a port.
public struct ListenAddress: Hashable, Sendable {
    /// IPv4 or IPv6, without brackets.
    public let host: String
    public let port: UInt16

    /// - Parameter text: `127.0.0.1:9180`, `[::1]:9180`; a name is none, which may come to mean another address.
    /// - Throws: `Finding`.
    public init(_ text: String) throws {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let host = parts.dropLast().joined(separator: ":")
        guard let port = parts.last.flatMap({ UInt16($0) }), port > 0, !host.isEmpty else { throw Self.refusal(text) }
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        self.host = isBracketed ? String(host.dropFirst().dropLast()) : host
        self.port = port
        guard isBracketed == self.host.contains(":"), (try? SocketAddress(ipAddress: self.host, port: Int(port))) != nil else {
            throw Self.refusal(text)
        }
    }

    private static func refusal(_ text: String) -> Finding {
        .error("\"\(text.terminalSafe)\" is no place to listen at", expected: "an address and a port: 127.0.0.1:9180, [::1]:9180")
    }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
