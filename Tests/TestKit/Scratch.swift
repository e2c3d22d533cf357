internal import Glibc
internal import Host

/// A directory of the test's own, gone with it.
public final class Scratch: Sendable {
    public let path: String

    public init() throws {
        var template = Array("/tmp/coxswain-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw NoScratch() }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { try? FileTree().removeAll(path) }

    public func write(_ text: String, to name: String) throws -> String {
        try FileTree(root: path).write(Array(text.utf8), to: "/" + name)
        return path + "/" + name
    }

    public func read(_ name: String) throws -> [UInt8] { try FileTree(root: path).read("/" + name, limit: 64 << 20) }

    struct NoScratch: Error {}
}
