internal import Diagnostics
internal import Host

/// A POST by curl(1), which speaks TLS, knows the proxies, and gets everything from its standard input: what is in the arguments of a process all
/// can read.
struct CurlRequest: Sendable {
    let url: String
    let headers: [String]
    /// JSON on one line.
    let body: String

    /// The whole of it, in seconds.
    private static let limit = 20

    /// curl(1), -K: "If the parameter contains whitespace or starts with a colon … it must be specified enclosed within double-quotes. Within
    /// double-quotes the following escape sequences are available: \\, \", \t, \n, \r and \v."
    var configuration: String {
        let settings = [
            ("url", url), ("request", "POST"), ("data-raw", body), ("max-time", "\(Self.limit)"), ("max-redirs", "0"), ("proto", "=http,https"),
            ("output", "/dev/null"), ("write-out", "%{http_code}"),
        ]
        let lines = (settings + (["Content-Type: application/json", "User-Agent: coxswain"] + headers).map { ("header", $0) }).map { name, value in
            "\(name) = \"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"\n"
        }
        return "silent\nshow-error\ngloboff\n" + lines.joined()
    }

    /// - Throws: a failure, with whether it may be another time.
    func send() async throws(DeliveryFailure) {
        // -q: "If used as the first parameter on the command line, the curlrc config file is not read".
        var command = Command(
            "curl", ["-q", "--config", "-"], inherited: ["http_proxy", "https_proxy", "no_proxy", "HTTPS_PROXY", "NO_PROXY"],
            input: Array(configuration.utf8), limit: .seconds(Self.limit + 5))
        command.endsWithUs = true
        let output: Output
        do {
            output = try await command.run()
        } catch {
            throw DeliveryFailure("\(error)", isLasting: false)
        }
        let code = Int(output.text) ?? 0
        switch code {
        case 200..<300 where output.succeeded: return
        case 0: throw DeliveryFailure("no answer: \(output.lastLines(1))", isLasting: false)
        case 408, 429, 500...: throw DeliveryFailure("the answer is \(code)", isLasting: false)
        default: throw DeliveryFailure("the answer is \(code)", isLasting: true)
        }
    }
}

struct DeliveryFailure: Error, Hashable {
    let reason: String
    /// Whether it would be the same another time.
    let isLasting: Bool

    init(_ reason: String, isLasting: Bool) {
        self.reason = reason
        self.isLasting = isLasting
    }
}
