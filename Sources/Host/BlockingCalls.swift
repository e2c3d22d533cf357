internal import Dispatch
internal import Synchronization

/// Runs what the kernel may never come back from: a system call on a file system that is frozen, or whose device is suspended, can neither be
/// cancelled nor killed. It is left behind on a thread of its own, and as long as it hangs nothing else is begun.
public final class BlockingCalls: Sendable {
    private let hanging = Mutex<String?>(nil)

    public init() {}

    /// - Parameters:
    ///   - what: in words that go on with "takes": `writing /cluster/xen/xps-101.cfg`.
    /// - Throws: `Overdue` when the time is up, and at once while something begun before still hangs.
    public func run<Value: Sendable>(
        _ what: String, limit: Duration, _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        if let what = hanging.withLock(\.self) { throw Overdue(what: what, limit: nil) }
        return try await withCheckedThrowingContinuation { continuation in
            let answer = Answer(continuation)
            DispatchQueue.global().async { [self] in
                let result = Result { try body() }
                if !answer.give(result) { hanging.withLock { $0 = nil } }
            }
            DispatchQueue.global().asyncAfter(deadline: .now() + limit.seconds) { [self] in
                hanging.withLock { hanging in
                    if answer.give(.failure(Overdue(what: what, limit: limit))) { hanging = what }
                }
            }
        }
    }
}

/// A file system that does not answer.
public struct Overdue: Error, Hashable, Sendable, CustomStringConvertible {
    public let what: String
    /// Nil where it was begun earlier, and has not come back yet.
    public let limit: Duration?

    public var description: String {
        let fault = limit.map { "takes more than \($0.components.seconds) s" } ?? "has not come back yet"
        return "\(what) \(fault): its file system hangs; is it frozen (fsfreeze), or its device suspended?"
    }
}

/// The one answer to a caller: whoever is first gives it.
private final class Answer<Value: Sendable>: Sendable {
    private let continuation: Mutex<CheckedContinuation<Value, any Error>?>

    init(_ continuation: CheckedContinuation<Value, any Error>) { self.continuation = Mutex(continuation) }

    /// - Returns: false where it was given already.
    func give(_ result: Result<Value, any Error>) -> Bool {
        let waiting = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        waiting?.resume(with: result)
        return waiting != nil
    }
}

extension Duration {
    fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
