internal import Host

/// Whether Pacemaker runs on this host, asked without starting a process: at rest nobody else notices that it has gone.
public enum LocalPacemaker {
    /// Nil where the kernel does not say.
    public static var isUp: Bool? {
        guard let text = try? FileTree().read("/proc/net/unix") else { return nil }
        return isListening(in: text)
    }

    /// The socket of the CIB manager that clients may read from, as libqb names it: abstract as a rule, or a file. In proc(5) the sockets of
    /// /proc/net/unix end with their path, which is "@" and zero bytes as "@" for an abstract one.
    static func isListening(in text: [UInt8]) -> Bool {
        text.split(separator: UInt8(ascii: "\n")).contains { line in
            let path = line.split(separator: UInt8(ascii: " ")).last?[...] ?? []
            let name = path.split(separator: UInt8(ascii: "@")).first ?? []
            return name.elementsEqual("cib_ro".utf8) || name.count > 7 && name.suffix(7).elementsEqual("/cib_ro".utf8)
        }
    }
}
