import Glibc

/// A directory of the test's own, gone with it.
final class Sandbox: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/coxswain-host-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw NoSandbox() }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        guard let child = popen("rm -rf '\(path)'", "r") else { return }
        pclose(child)
    }

    struct NoSandbox: Error {}
}
