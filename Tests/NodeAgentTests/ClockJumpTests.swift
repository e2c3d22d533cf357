import Testing

@testable import NodeAgent

struct ClockJumpTests {
    @Test("what the clock was put by is told once; drift, and the time that has passed, is none")
    func jumps() {
        var jumps = ClockJumps()
        #expect(jumps.jump(wall: 1000, count: .seconds(5)) == 0)
        #expect(jumps.jump(wall: 4600, count: .seconds(3605)) == 0)
        #expect(jumps.jump(wall: 4640, count: .seconds(3615)) == 0)
        #expect(jumps.jump(wall: 1_004_650, count: .seconds(3625)) == 1_000_000)
        #expect(jumps.jump(wall: 1_004_660, count: .seconds(3635)) == 0)
        #expect(jumps.jump(wall: 4670, count: .seconds(3645)) == -1_000_000)
    }
}
