internal import NIOCore

/// The names by which a node may be asked over HTTP.
///
/// A browser that has been led here by a stranger's page, whose name has come to mean this node's address (DNS rebinding), asks under that name, and
/// would let the page read the answer. It never asks without a name; other programs may.
public struct HostNames: Sendable {
    private let names: Set<String>

    /// - Parameter names: besides `localhost` and addresses, which nobody can make mean something else.
    public init(_ names: some Sequence<String> = []) {
        self.names = Set(names.map(Self.plain)).union(["localhost"])
    }

    /// - Parameter host: of a request, RFC 9112 3.2: a name or an address, and perhaps a port.
    func admit(_ host: String) -> Bool {
        guard let name = Self.withoutPort(host) else { return false }
        return names.contains(Self.plain(name)) || (try? SocketAddress(ipAddress: name, port: 0)) != nil
    }

    private static func withoutPort(_ host: String) -> String? {
        let isBracketed = host.hasPrefix("[")
        let end = isBracketed ? host.firstIndex(of: "]") : host.lastIndex(of: ":") ?? host.endIndex
        guard let end else { return nil }
        let name = host[..<end].dropFirst(isBracketed ? 1 : 0)
        let rest = isBracketed ? host[host.index(after: end)...] : host[end...]
        guard rest.isEmpty || rest.first == ":" && rest.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        guard !name.isEmpty, isBracketed == name.contains(":") else { return nil }
        return String(name)
    }

    private static func plain(_ name: String) -> String {
        let name = name.lowercased()
        return name.hasSuffix(".") ? String(name.dropLast()) : name
    }
}
