internal import Diagnostics
internal import Glibc
internal import Reconciling
internal import Records

/// The place where a daemon listens on its host.
public enum ControlSocket {
    /// What may be asked of it.
    static let requests = ["reconcile", "suspend", "resume"]

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

/// How a suspension is asked for: for how long (seconds; null is until somebody resumes), by whom, why.
struct SuspensionWish: Codable {
    var seconds: Int64?
    var by, reason: String?

    init(seconds: Int64? = nil, by: String? = nil, reason: String? = nil) { (self.seconds, self.by, self.reason) = (seconds, by, reason) }

    private enum CodingKeys: String, CodingKey { case seconds, by, reason }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// A mistyped "seconds" must not be a suspension without an end.
    init(from decoder: any Decoder) throws {
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys where CodingKeys(stringValue: key.stringValue) == nil {
            throw DecodingError.dataCorrupted(.init(codingPath: [key], debugDescription: "no such key"))
        }
        let values = try decoder.container(keyedBy: CodingKeys.self)
        seconds = try values.decodeIfPresent(Int64.self, forKey: .seconds)
        by = try values.decodeIfPresent(String.self, forKey: .by)
        reason = try values.decodeIfPresent(String.self, forKey: .reason)
    }

    /// A year.
    static let longest: Int64 = 366 * 86_400

    /// - Parameter now: seconds since 1970.
    /// - Returns: nil where it makes no sense.
    func suspension(at now: Int64) -> Suspension? {
        guard seconds.map({ (1...Self.longest).contains($0) }) ?? true else { return nil }
        return Suspension(by: by ?? "somebody", reason: reason, since: now, until: seconds.map { now + $0 })
    }
}
