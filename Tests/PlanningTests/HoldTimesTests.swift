import CIB
import FoundationEssentials
import TestKit
import Testing

@testable import Planning

@Suite("Since when something is held") struct HoldTimesTests {
    private func held(_ live: String) throws -> [Held] {
        let base = "primitive a Dummy meta target-role=Started\nprimitive b Dummy\nproperty stonith-enabled=false"
        let live = base.replacing("target-role=Started", with: "target-role=\(live)") + " maintenance-mode=true"
        return try Scene(base: base, desired: base, live: live).plan().held
    }

    @Test("it counts from the first sight, goes on over a restart, and begins anew with another value, or after an end")
    func ages() throws {
        let stopped = try held("Stopped")
        #expect(stopped.count == 2)
        var times = HoldTimes()
        #expect(times.age(of: stopped[0], at: 100) == nil)
        times.see(stopped, at: 100)
        times.see(stopped, at: 160)
        times = try JSONDecoder().decode(HoldTimes.self, from: JSONEncoder().encode(times))
        #expect(stopped.map { times.age(of: $0, at: 200) } == [100, 100])
        #expect(times.age(of: stopped[0], at: 50) == 0, "a clock that was put back")
        let other = try held("Unpromoted")
        times.see(other, at: 300)
        #expect(Set(other.map { times.age(of: $0, at: 310) }) == [10, 210])
        #expect(times.overdue(other, after: { _ in .seconds(200) }, at: 310).names == ["property cib-bootstrap-options maintenance-mode"])
        #expect(times.overdue(other, after: { _ in .seconds(200) }, at: 310).next == .seconds(190))
        #expect(times.overdue(other, after: { _ in .seconds(300) }, at: 310).next == .seconds(90))
        let own: (DriftClass) -> Duration? = { $0 == .resourceState ? .seconds(5) : nil }
        #expect(times.overdue(other, after: own, at: 310).names == ["resource a meta target-role"], "each class has a time of its own, or none")
        #expect(times.overdue(other, after: own, at: 310).next == nil)
        times.see([], at: 320)
        times.see(other, at: 330)
        #expect(other.map { times.age(of: $0, at: 330) } == [0, 0])
    }

    @Test("a clock that is put forward, or back, makes nothing older; nothing has begun after now")
    func jumps() throws {
        let stopped = try held("Stopped")
        var times = HoldTimes()
        times.see(stopped, at: 100)
        times.see(stopped, at: 1_000_160, after: 1_000_000)
        #expect(times.age(of: stopped[0], at: 1_000_160) == 60)
        times.see(stopped, at: 180, after: -1_000_000)
        #expect(times.age(of: stopped[0], at: 180) == 80)
        // The host began with a clock of long ago, and learns what time it is.
        times.see(stopped, at: 10)
        times.see(stopped, at: 2_000_020, after: 2_000_000)
        #expect(times.age(of: stopped[0], at: 2_000_020) == 10)
    }
}
