/// The generations of DRBD whose drbdadm read different words.
struct Dialects: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let v83 = Dialects(rawValue: 1)
    static let v84 = Dialects(rawValue: 2)
    static let v9 = Dialects(rawValue: 4)

    static let all: Dialects = [.v83, .v84, .v9]
    static let before9: Dialects = [.v83, .v84]
    static let since84: Dialects = [.v84, .v9]
}

extension Dialects {
    /// "8.4 and 9"; nil where it is all of them, or none.
    var names: String? {
        guard !isEmpty, self != .all else { return nil }
        return [(Dialects.v83, "8.3"), (.v84, "8.4"), (.v9, "9")].filter { contains($0.0) }.map(\.1).joined(separator: " and ")
    }
}
