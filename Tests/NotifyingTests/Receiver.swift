import FoundationEssentials
import Host
import TestKit

/// A real web server, another's, that takes down what it is sent. `/flaky` fails twice, `/refuse` always, the others take it.
final class Receiver: Sendable {
    struct Delivery: Decodable {
        let path: String
        let headers: [String: String]
        let body: String
        /// The arguments of every curl that ran just then.
        let arguments: [String]
    }

    let address: String
    private let scratch: Scratch
    private let serving: Task<Void, any Error>

    private static let script = """
        import glob, http.server, json, sys
        counts = {}
        def arguments():
            for path in glob.glob("/proc/[0-9]*/cmdline"):
                try: words = open(path, "rb").read().decode(errors="replace").split("\\0")
                except OSError: continue
                if words[0].endswith("curl"): yield " ".join(words)
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *words): pass
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                entry = {"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}, "body": body, "arguments": list(arguments())}
                with open(sys.argv[1], "a") as file: file.write(json.dumps(entry) + "\\n")
                counts[self.path] = counts.get(self.path, 0) + 1
                code = 404 if self.path == "/refuse" else 503 if self.path == "/flaky" and counts[self.path] < 3 else 201
                self.send_response(code)
                self.end_headers()
                self.wfile.write(b"{}")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        with open(sys.argv[1] + ".port", "w") as file: file.write(str(server.server_port) + "\\n")
        server.serve_forever()
        """

    init() async throws {
        let scratch = try Scratch()
        self.scratch = scratch
        serving = Task { _ = try await Command("python3", ["-c", Self.script, scratch.path + "/taken"], limit: .seconds(300)).run() }
        var port = ""
        while !port.hasSuffix("\n") {
            try await Task.sleep(for: .milliseconds(50))
            port = (try? scratch.read("taken.port")).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
        address = "http://127.0.0.1:\(port.dropLast())"
    }

    deinit { serving.cancel() }

    var taken: [Delivery] {
        let bytes = (try? scratch.read("taken")) ?? []
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { try? JSONDecoder().decode(Delivery.self, from: Data($0)) }
    }
}
