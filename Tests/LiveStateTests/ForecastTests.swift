import ClusterModel
import LiveState
import Testing

struct ForecastTests {
    typealias Action = Transition.ResourceAction

    private func forecast(with wanted: [Action], without live: [Action]) -> Forecast {
        Forecast(of: Transition(actions: wanted), without: Transition(actions: live))
    }

    @Test("what happens anyway is not caused; what no longer happens is averted")
    func subtraction() {
        let (start, stop, recover) = (Action(.start, "a", to: "n1"), Action(.stop, "b", from: "n1"), Action(.recover, "c", from: "n1", to: "n1"))
        let forecast = forecast(with: [start, recover], without: [recover, stop])
        #expect(forecast.caused.actions == [start])
        #expect(forecast.ongoing.actions == [recover])
        #expect(forecast.averted.actions == [stop])
    }

    @Test("the number of an instance and the cause make no difference; how many there are does")
    func instances() {
        func stop(_ instance: Int, _ cause: String) -> Action { Action(.stop, "a", instance: "a:\(instance)", from: "n1", cause: cause) }
        let forecast = forecast(with: [stop(0, "x"), stop(1, "x")], without: [stop(2, "y")])
        #expect(forecast.ongoing.actions == [stop(0, "x")])
        #expect(forecast.caused.actions == [stop(1, "x")])
        #expect(forecast.interruptions == [stop(1, "x")])
    }

    @Test("what was blocked and is no more is caused")
    func blocked() {
        let (blocked, free) = (Action(.stop, "a", from: "n1", isBlocked: true), Action(.stop, "a", from: "n1"))
        #expect(forecast(with: [free], without: [blocked]).interruptions == [free])
        #expect(forecast(with: [blocked], without: [blocked]).interruptions == [])
    }

    @Test(
        "an interruption counts where none as bad would come anyway, of the same resource on the same node",
        arguments: [
            (Action(.restart, "a", from: "n1", to: "n1"), Action(.move, "a", from: "n1", to: "n2"), false),
            (.init(.move, "a", from: "n1", to: "n2"), .init(.move, "a", from: "n1", to: "n3"), false),
            (.init(.stop, "a", from: "n1"), .init(.move, "a", from: "n1", to: "n3"), false),
            (.init(.move, "a", from: "n1", to: "n2"), .init(.stop, "a", from: "n1"), true),
            (.init(.migrate, "a", from: "n1", to: "n2"), .init(.move, "a", from: "n1", to: "n2"), true),
            (.init(.reload, "a", from: "n1", to: "n1"), .init(.migrate, "a", from: "n1", to: "n2"), true),
            (.init(.stop, "a", from: "n2"), .init(.stop, "a", from: "n1"), true),
            (.init(.stop, "b", from: "n1"), .init(.stop, "a", from: "n1"), true),
            (.init(.restart, "a", from: "n1", to: "n1", role: .promoted), .init(.demote, "a", from: "n1", to: "n1"), true),
            (
                .init(.restart, "a", from: "n1", to: "n1", role: .promoted),
                .init(.move, "a", from: "n1", to: "n2", role: .promoted, nextRole: .unpromoted), true
            ),
        ])
    func interruptions(_ anyway: Action, _ action: Action, _ counts: Bool) {
        #expect(forecast(with: [action], without: [anyway]).interruptions == (counts ? [action] : []))
        #expect(forecast(with: [action], without: []).interruptions == [action])
    }

    @Test("starting, promoting and reloading interrupt nothing")
    func harmless() {
        let harmless = [Action(.start, "a", to: "n1"), Action(.promote, "b", from: "n1", to: "n1"), Action(.reload, "c", from: "n1", to: "n1")]
        #expect(forecast(with: harmless, without: []).interruptions == [])
        #expect(forecast(with: harmless, without: []).caused.actions == harmless)
    }

    @Test("of what happens while something is being stopped, only that counts which happens neither before nor after")
    func retirement() {
        let (a, b, c) = (Action(.stop, "a", from: "n1"), Action(.stop, "b", from: "n1"), Action(.stop, "c", from: "n1"))
        let forecast = Forecast(of: Transition(actions: [a]), without: Transition(actions: [b]), after: Transition(actions: [a, b, c]))
        #expect(forecast.caused.actions.map(\.resource) == ["a", "c"])
        #expect(forecast.caused.actions.map(\.cause) == [nil, "while what goes is being stopped"])
    }

    @Test("a node that is fenced anyway is not fenced because of the commit, however it is")
    func fencing() {
        let (off, reboot, on) = (Transition.Fencing("n1", "off"), Transition.Fencing("n1", "reboot"), Transition.Fencing("n1", "on"))
        #expect(Forecast(of: Transition(fencing: [off]), without: Transition(fencing: [reboot])).caused.isEmpty)
        #expect(Forecast(of: Transition(fencing: [off]), without: Transition(fencing: [on])).caused.fencing == [off])
    }
}
