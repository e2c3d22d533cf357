internal import Diagnostics
internal import Glibc
public import Reconciling

/// The place where a daemon listens on its host.
public enum ControlSocket {
    /// What may be asked of it.
    public static let requests: [Event.Request] = [.reconcile, .suspend, .resume]

    static func path(in stateDirectory: String) -> String { stateDirectory + "/socket" }

    /// unix(7): `sun_path` takes 108 bytes, a zero at the end among them.
    static func check(_ path: String) throws {
        guard path.utf8.count < 108 else {
            throw Finding.error("\(path.terminalSafe) is too long for the path of a socket", remedy: "choose a shorter state directory")
        }
    }

    static func failure(_ what: String, _ path: String, _ code: Int32) -> Finding {
        .error("the socket \(path.terminalSafe) \(what): \(String(cString: strerror(code)))")
    }
}

/// What came of a request.
struct Answer: Codable { let answer: String }
