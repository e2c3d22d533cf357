internal import Synchronization

/// What of one text is not shown, looked for once.
final class ConcealedText: Sendable {
    private let found = Mutex<Concealment?>(nil)

    func concealment(of bytes: [UInt8]) -> Concealment {
        found.withLock { known in
            let concealment = known ?? Concealment(of: bytes)
            known = concealment
            return concealment
        }
    }
}
