internal import Synchronization

/// What is worked out when it is first asked for, and then kept; all copies of what holds it share it.
public final class Once<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)

    public init() {}

    public func value(_ make: () -> Value) -> Value {
        kept.withLock { kept in
            if let kept { return kept }
            let value = make()
            kept = value
            return value
        }
    }
}
