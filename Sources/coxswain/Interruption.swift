internal import ArgumentParser
internal import Dispatch
internal import Glibc
internal import Synchronization

/// Lets a command end in its own way when a person or the system asks it to; who asks twice does not want to wait.
final class Interruption: Sendable {
    private let received = Mutex<Int32?>(nil)

    /// Runs a command that is cancelled by a signal.
    /// - Throws: what the command throws; a signal's exit code where it was interrupted.
    func run(_ command: any AsyncParsableCommand) async throws {
        let errand = Errand(command: command)
        let task = Task { try await errand.run() }
        let signals = Self.numbers(for: command).map { number in Signal(number) { self.take(number, task) } }
        defer { withExtendedLifetime(signals) {} }
        do {
            try await task.value
        } catch is CancellationError {
            Terminal.complain("error: interrupted")
            throw ExitCode(128 + (received.withLock(\.self) ?? SIGINT))
        }
    }

    private func take(_ number: Int32, _ task: Task<Void, any Error>) {
        let isFirst = received.withLock { received in
            defer { received = number }
            return received == nil
        }
        if isFirst { task.cancel() } else { _exit(128 + number) }
    }

    /// A daemon outlives the terminal that it was started from; and so does what was started with nohup(1).
    private static func numbers(for command: any AsyncParsableCommand) -> [Int32] {
        [SIGINT, SIGTERM] + (command is Run || isIgnored(SIGHUP) ? [] : [SIGHUP])
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}

/// A command on its way to the task that runs it, and nobody else has it then.
private struct Errand: @unchecked Sendable {
    let command: any AsyncParsableCommand

    func run() async throws {
        var command = command
        try await command.run()
    }
}

/// Calls a closure when the process gets a signal, in place of what the signal does by itself.
struct Signal {
    private let source: any DispatchSourceSignal

    init(_ number: Int32, _ action: @escaping @Sendable () -> Void) {
        signal(number, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler(handler: action)
        source.resume()
    }
}
