import Glibc

/// This machine.
public enum Machine {
    /// Its host name, as uname(2) has it.
    public static var name: String {
        var system = utsname()
        guard uname(&system) == 0 else { return "localhost" }
        return withUnsafeBytes(of: system.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
