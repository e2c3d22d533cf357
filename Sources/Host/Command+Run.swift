import Glibc
import Subprocess
import Synchronization
import SystemPackage

extension Command {
    /// Runs the program to its end, whatever its exit status.
    ///
    /// Returns when the program itself has ended, even if a process that it left behind still holds its pipes.
    /// - Parameter hear: takes what comes on standard output, as it comes; nothing of that is kept then.
    /// - Throws: `CommandError`, or `CancellationError` when the task was cancelled; the program is gone then.
    public func run(hearing hear: (@Sendable ([UInt8]) -> Void)? = nil) async throws -> Output {
        _ = Self.brokenPipesAreErrors
        let start = ContinuousClock.now
        let session = Session()
        do {
            let ended = try await within(limit, silence: silence ?? limit, of: session) { try await execute(in: session, hear) }
            try Task.checkCancellation()
            guard let (status, streams) = ended else { throw CommandError.timedOut(self) }
            if endsWithUs, status == Self.notExecuted, streams.error.text.hasPrefix("setpriv: failed to execute") {
                throw CommandError.notFound(self)
            }
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

    private func execute(in session: Session, _ hear: (@Sendable ([UInt8]) -> Void)?) async throws -> (Output.Status, Streams) {
        let result = try await Subprocess.run(
            configuration, input: .inputWriter, output: .sequence, error: .sequence
        ) { execution in
            session.lead(by: execution.processIdentifier.value)
            async let fed: Void = feed(execution.standardInputWriter)
            async let error = Tail(of: execution.standardError, in: session)
            let output = try await collect(execution.standardOutput, in: session, hear)
            try await fed
            return try await Streams(output: output, error: error)
        }
        return (Output.Status(result.terminationStatus), result.closureResult)
    }

    /// setpriv(1): "--pdeathsig … Keep, clear or set the parent death signal": it becomes the program, and the signal stays set. The parent is
    /// the thread that has started it, which swift-subprocess keeps for as long as this process lives.
    private var words: [String] { endsWithUs ? ["setpriv", "--pdeathsig", "TERM", "--", executable] + arguments : [executable] + arguments }
    private static let notExecuted = Output.Status.exited(127)

    private var configuration: Configuration {
        let words = self.words
        var options = PlatformOptions()
        // setsid(2): signals reach the children's children, and nothing can prompt on our terminal.
        options.createSession = true
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: grace)
        ]
        return Configuration(
            executable: words[0].contains("/") ? .path(FilePath(words[0])) : .name(words[0]),
            arguments: Arguments(Array(words.dropFirst())),
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

    private func collect(
        _ stream: SubprocessOutputSequence, in session: Session, _ hear: (@Sendable ([UInt8]) -> Void)?
    ) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in stream {
            session.hear()
            // A process left behind may write forever: without this line, beyond every limit.
            try Task.checkCancellation()
            if let hear {
                hear(chunk.withUnsafeBytes { Array($0) })
                continue
            }
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

    init(of stream: SubprocessOutputSequence, in session: Session) async throws {
        for try await chunk in stream {
            session.hear()
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
    /// When it last said something.
    private let heard = Mutex(ContinuousClock.now)

    func hear() { heard.withLock { $0 = .now } }

    /// Returns when the time is up, or when it has said nothing for too long.
    func wait(atMost limit: Duration, silence: Duration) async throws {
        let end = ContinuousClock.now + limit
        while true {
            let next = min(end, heard.withLock(\.self) + silence)
            guard next > .now else { return }
            try await Task.sleep(until: next)
        }
    }

    func lead(by process: pid_t) { leader.withLock { $0 = process } }

    /// The leader has been reaped by now, but its number isn't given away while its process group has members.
    func kill() {
        guard let process = leader.withLock({ $0 }) else { return }
        _ = Glibc.kill(-process, SIGKILL)
    }
}

/// The work's value, or nil when the time was up first, or the session silent for too long; the work is cancelled then, and awaited.
private func within<Value: Sendable>(
    _ limit: Duration, silence: Duration, of session: Session, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value? {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await work() }
        group.addTask {
            try await session.wait(atMost: limit, silence: silence)
            return nil
        }
        return try await group.next() ?? nil
    }
}
