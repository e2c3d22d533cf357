import Host
import Synchronization

/// The program under test, as it was built beside the tests.
enum Coxswain {
    static let program = FileTree().directory(of: "/proc/self/exe") + "/coxswain"

    static func run(_ words: [String], environment: [String: String] = [:], limit: Duration = .seconds(60)) async throws -> Output {
        try await Command(program, words, environment: environment, limit: limit).run()
    }
}

extension FileTree {
    fileprivate func directory(of link: String) -> String {
        let path = (try? realPath(of: link)) ?? ""
        return path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
    }
}

/// `coxswain run` on one node of a lab: started, signalled, started again.
final class DaemonProcess: Sendable {
    let node: String
    private let lab: Lab
    private let repository: Repository
    private let directory: String
    private let state = Mutex<(starts: Int, run: Task<Output, any Error>?)>((0, nil))

    init(on node: String, of lab: Lab, following repository: Repository, logging directory: String) {
        self.node = node
        self.lab = lab
        self.repository = repository
        self.directory = directory
    }

    /// Starts the program, and returns when it has its process.
    /// - Parameters:
    ///   - programs: a directory whose programs come before those of the node.
    ///   - words: further options.
    func start(finding programs: String = "", with words: [String] = []) async throws {
        let pidFile = state.withLock { state in
            state.starts += 1
            let file = self.pidFile(state.starts)
            let command = self.command(file, programs, words)
            state.run = Task { try await command.run() }
            return file
        }
        try await eventually("coxswain starts on \(node)") {
            try FileTree().readIfPresent(pidFile)?.last == UInt8(ascii: "\n")
        }
    }

    /// Sends a signal to the process on its node; none is sent where it has ended.
    func signal(_ name: String) async throws {
        let pid = String(decoding: try FileTree().read(pidFile(state.withLock { $0.starts })), as: UTF8.self).trimmed
        _ = try await lab.on(node, ["kill", "-\(name)", pid])
        // nsenter(1) stops itself with what it has started, and is not woken with it.
        if name == "CONT" { _ = try await Command("pkill", ["-CONT", "-f", pidFile(state.withLock { $0.starts })]).run() }
    }

    /// Waits for the end of the process.
    func ended() async throws -> Output.Status? { try await state.withLock { $0.run }?.value.status }

    /// Ends the process at once, as a crash would, and waits until it is gone.
    func crash() async throws {
        try await signal("KILL")
        _ = try await ended()
    }

    /// All that it has said since its first start.
    var log: String { ((try? FileTree().read(logFile)).map { String(decoding: $0, as: UTF8.self) }) ?? "" }

    /// How many lines of its log hold a text.
    func said(_ text: String) -> Int { log.split(separator: "\n").count { $0.contains(text) } }

    private var logFile: String { "\(directory)/\(node).log" }
    private func pidFile(_ start: Int) -> String { "\(directory)/\(node).\(start).pid" }

    private func command(_ pidFile: String, _ programs: String, _ more: [String]) -> Command {
        let script = "PATH='\(programs)':$PATH; echo $$ > '\(pidFile)'; exec \"$@\" >> '\(logFile)' 2>&1"
        let words =
            [
                "run", "--repo", repository.address, "--state-dir", "/var/lib/coxswain", "--cluster", "lab", "--interval",
                "0.5",
            ] + more
        return lab.command(["exec", node, "sh", "-c", script, "sh", Coxswain.program] + words, limit: .seconds(600))
    }
}
