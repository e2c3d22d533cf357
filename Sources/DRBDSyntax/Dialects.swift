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
