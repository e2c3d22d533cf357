/// Values that are not freed before the process ends, for then all of its memory is: to free a large CIB piece by piece is a twentieth of a
/// plan's time.
final class KeptToTheEnd {
    private let values: [Any]

    private init(_ values: [Any]) { self.values = values }

    static func keep(_ values: Any...) { _ = Unmanaged.passRetained(KeptToTheEnd(values)) }
}
