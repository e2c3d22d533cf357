import Testing

@testable import NodeAgent

@Suite struct JitterTests {
    @Test("a pause is a tenth shorter or longer at most, and not always the same")
    func bounds() {
        let pauses = (0..<1000).map { _ in Jitter.around(.seconds(60)) }
        #expect(pauses.allSatisfy { (.seconds(54)...(.seconds(66))).contains($0) })
        #expect(Set(pauses).count > 900)
        let mean = pauses.reduce(.zero, +) / 1000
        #expect((.seconds(59)...(.seconds(61))).contains(mean))
        #expect(Jitter.around(.zero) == .zero)
    }

    @Test("notes are offered again with the same spread")
    func pushes() {
        let start = ContinuousClock.now
        var pace = PushPace()
        pace.failed(.declined, at: start, spread: 1.1)
        #expect(!pace.mayPush(at: start + .seconds(65)) && pace.mayPush(at: start + .seconds(67)))
    }
}
