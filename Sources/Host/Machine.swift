import Glibc

/// This machine, and this process on it.
public enum Machine {
    public static var process: Int32 { getpid() }

    /// Whether a process of this number exists.
    public static func isRunning(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno == EPERM }

    /// Who runs this: whoever has called sudo(8), or else the owner of the process.
    public static var user: String {
        if let name = getenv("SUDO_USER").map({ String(cString: $0) }), !name.isEmpty { return name }
        return getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid \(geteuid())"
    }

    /// Its host name, as uname(2) has it.
    public static var name: String {
        var system = utsname()
        guard uname(&system) == 0 else { return "localhost" }
        return withUnsafeBytes(of: system.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
