import Glibc
import Subprocess
import Synchronization
import SystemPackage

extension Command {
    /// Runs the program to its end, whatever its exit status.
    ///
    /// Returns when the program itself has ended, even if a process that it left behind still holds its pipes.
    /// - Throws: `CommandError`, or `CancellationError` when the task was cancelled; the program is gone then.
    public func run() async throws -> Output {
        _ = Self.brokenPipesAreErrors
        let start = ContinuousClock.now
        let session = Session()
        do {
            let ended = try await within(limit) { try await execute(in: session) }
            try Task.checkCancellation()
            guard let (status, streams) = ended else { throw CommandError.timedOut(self) }
            return Output(
                command: self, status: status, bytes: streams.output, error: streams.error.text,
                errorIsTruncated: streams.error.isTruncated, duration: .now - start)
        } catch {
            session.kill()
            throw CommandError.spoken(error, running: self)
        }
    }

    /// Writing to a program that has stopped reading must be an error here, not the end of this process.
    private static let brokenPipesAreErrors: Void = { signal(SIGPIPE, SIG_IGN) }()

    private func execute(in session: Session) async throws -> (Output.Status, Streams) {
        let result = try await Subprocess.run(
            configuration, input: .inputWriter, output: .sequence, error: .sequence
        ) { execution in
            session.lead(by: execution.processIdentifier.value)
            async let fed: Void = feed(execution.standardInputWriter)
            async let error = Tail(of: execution.standardError)
            let output = try await collect(execution.standardOutput)
            try await fed
            return try await Streams(output: output, error: error)
        }
        return (Output.Status(result.terminationStatus), result.closureResult)
    }

    private var configuration: Configuration {
        var options = PlatformOptions()
        // setsid(2): signals reach the children's children, and nothing can prompt on our terminal.
        options.createSession = true
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: grace)
        ]
        return Configuration(
            executable: executable.contains("/") ? .path(FilePath(executable)) : .name(executable),
            arguments: Arguments(arguments),
            environment: .custom(
                Dictionary(
                    uniqueKeysWithValues: completeEnvironment.map {
                        (Environment.Key(stringLiteral: $0.key), $0.value)
                    })),
            workingDirectory: directory.map { FilePath($0) }, platformOptions: options)
    }

    /// A program may end without having read all of its input (`head`): that is its right.
    private func feed(_ writer: StandardInputWriter) async throws {
        do {
            _ = try await writer.write(input)
        } catch let error where error.code == .failedToWriteToSubprocess {}
        try? await writer.finish()
    }

    private func collect(_ stream: SubprocessOutputSequence) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in stream {
            // A process left behind may write forever: without this line, beyond every limit.
            try Task.checkCancellation()
            chunk.withUnsafeBytes { bytes.append(contentsOf: $0) }
            guard bytes.count <= outputLimit else { throw CommandError.outputTooLarge(self) }
        }
        return bytes
    }
}

private struct Streams: Sendable {
    let output: [UInt8]
    let error: Tail
}

/// The last bytes of a stream: where a program says what went wrong.
private struct Tail: Sendable {
    private static let limit = 64 << 10
    private var bytes: [UInt8] = []
    private(set) var isTruncated = false

    var text: String { String(decoding: bytes, as: UTF8.self) }

    init(of stream: SubprocessOutputSequence) async throws {
        for try await chunk in stream {
            try Task.checkCancellation()
            chunk.withUnsafeBytes { bytes.append(contentsOf: $0) }
            guard bytes.count > 2 * Self.limit else { continue }
            bytes.removeFirst(bytes.count - Self.limit)
            isTruncated = true
        }
    }
}

/// The session that a program leads: the program and all that it starts, as far as they stay in it.
private final class Session: Sendable {
    private let leader = Mutex<pid_t?>(nil)

    func lead(by process: pid_t) { leader.withLock { $0 = process } }

    /// The leader has been reaped by now, but its number isn't given away while its process group has members.
    func kill() {
        guard let process = leader.withLock({ $0 }) else { return }
        _ = Glibc.kill(-process, SIGKILL)
    }
}

/// The work's value, or nil when the time was up first; the work is cancelled then, and awaited.
private func within<Value: Sendable>(
    _ limit: Duration, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value? {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        return try await group.next() ?? nil
    }
}
