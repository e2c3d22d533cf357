/// What was looked at: its value, or why there is none. A tool that is missing or fails says "unknown", never "absent".
public enum Known<Value> {
    case known(Value)
    /// Why it can't be had, in a sentence for people.
    case unknown(String)

    public var value: Value? { if case .known(let value) = self { value } else { nil } }

    public var reason: String? { if case .unknown(let reason) = self { reason } else { nil } }

    public func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Known<Other> {
        switch self {
        case .known(let value): .known(try transform(value))
        case .unknown(let reason): .unknown(reason)
        }
    }
}

extension Known: Sendable where Value: Sendable {}
extension Known: Equatable where Value: Equatable {}
extension Known: Hashable where Value: Hashable {}
