import Testing

@testable import DRBDSyntax

@Suite("Numbers with units")
struct QuantityTests {
    @Test(
        "in multiples of the scale, rounded up",
        arguments: [
            ("10M", Quantity.Scale.kibi, 10_240), ("10", .kibi, 10), ("3s", .kibi, 2), ("8s", .sectors, 8), ("8", .sectors, 8),
            ("1k", .sectors, 2), ("060", .one, 60), ("1g", .one, 1 << 30), ("2s", .one, 1024),
        ])
    func number(_ text: String, _ scale: Quantity.Scale, _ expected: UInt64) {
        #expect(Quantity.number(text, scale: scale) == expected)
    }

    @Test("what is no number", arguments: ["M", "", "1.5M", "-1", "99999999999999999G", "10T", "0x10"])
    func none(_ text: String) {
        #expect(Quantity.number(text, scale: .kibi) == nil)
    }
}
