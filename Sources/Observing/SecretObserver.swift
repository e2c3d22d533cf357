internal import Diagnostics
public import Host
public import Repository

/// Reads the secrets of one node: files that only their owner may read, each with one line.
public struct SecretObserver: Sendable {
    private let tree: FileTree
    private static let longest = 4096

    public init(tree: FileTree) { self.tree = tree }

    /// - Parameter names: of the secrets; those that are not there are left out.
    public func secrets(_ names: Set<String>) -> NodeSecrets {
        var secrets = NodeSecrets()
        for name in names {
            do throws(FileError) {
                secrets.values[name] = try value(at: "\(NodeSecrets.directory)/\(name)")
            } catch {
                if !error.isMissing { secrets.unreadable[name] = error.finding.message }
            }
        }
        return secrets
    }

    private func value(at path: String) throws(FileError) -> String {
        let bytes = try tree.read(path, limit: Self.longest, isPrivate: true)
        return String(decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self)
    }
}
