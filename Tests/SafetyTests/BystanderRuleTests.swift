import ClusterModel
import LiveState
import Planning
import Safety
import TestKit
import Testing

struct BystanderRuleTests {
    typealias Action = Transition.ResourceAction

    private func objections(
        _ actions: [Action] = [], fencing: [Transition.Fencing] = [], changing: String = "primitive a Dummy params x=1", _ trailers: String...
    ) throws -> [Disruption] {
        let rest = "\nprimitive b Dummy\nprimitive c Dummy\nprimitive d Dummy\ngroup g c d\nclone gg g"
        let plan = try Scene(base: "primitive a Dummy" + rest, desired: changing + rest).plan()
        let commit = Commit(
            id: .desired, tree: "", author: "", time: 0, message: (["Change it", ""] + trailers).joined(separator: "\n"))
        return BystanderRule(plan: plan, forecast: Forecast(caused: Transition(actions: actions, fencing: fencing)), commit: commit).objections
    }

    @Test(
        "each way to disturb a bystander is named; of what is touched none is",
        arguments: [
            (Action.init(.stop, "b", from: "n1"), "b would stop on n1"), (.init(.move, "b", from: "n1", to: "n2"), "b would move from n1 to n2"),
            (.init(.migrate, "b", from: "n1", to: "n2"), "b would migrate from n1 to n2"),
            (.init(.restart, "b", from: "n1", to: "n1"), "b would restart on n1"),
            (.init(.demote, "b", from: "n1", to: "n1", role: .promoted, nextRole: .unpromoted), "b would be demoted on n1"),
            (.init(.recover, "b", from: "n1", to: "n2"), "b would recover from n1 to n2"),
            (.init(.repromote, "b", from: "n1", to: "n1"), "b would be demoted and promoted again on n1"),
            (
                .init(.move, "b", from: "n1", to: "n2", role: .promoted, nextRole: .unpromoted),
                "b would move from n1 to n2 and not be promoted"
            ),
            (.init(.stop, "b", from: "n1", isBlocked: true), "b would stop on n1, as soon as Pacemaker can"),
        ])
    func ways(_ action: Action, _ message: String) throws {
        let objections = try objections([action])
        #expect(objections.map(\.message) == [message])
        #expect(objections.map(\.trailer) == ["Allow-Disruption: b"])
        #expect(try self.objections([action], changing: "primitive a Dummy\nlocation x b 1: n1") == [])
        let own = Action(
            action.kind, "a", from: action.source, to: action.destination, role: action.role, nextRole: action.nextRole, isBlocked: action.isBlocked)
        #expect(try self.objections([own]) == [])
    }

    @Test("starting, promoting and reloading a bystander disturb nobody")
    func harmless() throws {
        #expect(
            try objections([
                .init(.start, "b", to: "n1"), .init(.promote, "c", from: "n1", to: "n1"), .init(.reload, "d", from: "n1", to: "n1"),
            ]) == [])
    }

    @Test("one objection a resource, with all that happens to it and each cause once; without one, what the commit changes")
    func causes() throws {
        let objections = try objections([
            .init(.stop, "c", instance: "c:0", from: "n1", cause: "no quorum"), .init(.stop, "c", instance: "c:1", from: "n2", cause: "no quorum"),
            .init(.move, "b", from: "n1", to: "n2"),
        ])
        #expect(objections.map(\.message) == ["c would stop on n1 and stop on n2", "b would move from n1 to n2"])
        #expect(objections.map(\.cause) == ["no quorum", "the commit changes resource a"])
        let many = try self.objections(
            [.init(.stop, "b", from: "n1")], changing: "primitive a Dummy params x=1\nprimitive e Dummy\nprimitive f Dummy\nprimitive h Dummy")
        #expect(many.map(\.cause) == ["the commit changes resource a, resource e, resource f and 1 more"])
    }

    @Test(
        "a trailer names resources by their own name, or by that of what holds them",
        arguments: [
            (["Allow-Disruption: b, c"], []), (["Allow-Disruption: b c"], []), (["Allow-Disruption: b", "allow-disruption: c"], []),
            (["Allow-Disruption: b,c,"], []), (["Allow-Disruption: b, g"], []), (["Allow-Disruption: b, gg"], []), (["Allow-Disruption: b"], ["c"]),
            (["Allow-Disruption: d, bb"], ["b", "c"]), (["Allow-Disruption:"], ["b", "c"]), (["Allow-Fencing: b, c"], ["b", "c"]), ([], ["b", "c"]),
        ])
    func trailers(_ trailers: [String], _ refused: [String]) throws {
        let actions = [Action(.stop, "b", from: "n1"), Action(.stop, "c", from: "n1")]
        let rest = "\nprimitive b Dummy\nprimitive c Dummy\nprimitive d Dummy\ngroup g c d\nclone gg g"
        let plan = try Scene(base: "primitive a Dummy" + rest, desired: "primitive a Dummy params x=1" + rest).plan()
        let message = (["Change it", ""] + trailers).joined(separator: "\n")
        let commit = Commit(id: .desired, tree: "", author: "", time: 0, message: message)
        let rule = BystanderRule(plan: plan, forecast: Forecast(caused: Transition(actions: actions)), commit: commit)
        #expect(rule.bystanders == ["b", "c"])
        #expect(rule.objections.map(\.trailer) == refused.map { "Allow-Disruption: \($0)" })
    }

    @Test("uncommitted edits have no message: nothing is allowed, and exactly the trailers are known that would allow it")
    func uncommitted() throws {
        let crm = "primitive a Dummy\nprimitive b Dummy\nprimitive c Dummy\n"
        let plan = try Scene(base: crm, desired: crm + "primitive new Dummy").plan()
        let actions = [Action(.stop, "b", from: "n1"), Action(.stop, "c", from: "n1"), Action(.start, "new", to: "n1")]
        let forecast = Forecast(caused: Transition(actions: actions, fencing: [.init("n2", "off", cause: "x")]))
        let objections = BystanderRule(plan: plan, forecast: forecast, commit: nil).objections
        #expect(objections.map(\.trailer) == ["Allow-Disruption: b", "Allow-Disruption: c", "Allow-Fencing: n2"])
        #expect(objections.trailers == ["Allow-Disruption: b, c", "Allow-Fencing: n2"])
        for trailers in [objections.map(\.trailer), objections.trailers] {
            let message = "Change\n\n" + trailers.joined(separator: "\n")
            let commit = Commit(id: .desired, tree: "", author: "", time: 0, message: message)
            #expect(BystanderRule(plan: plan, forecast: forecast, commit: commit).objections == [])
        }
        #expect([Disruption]().trailers == [])
    }

    @Test("a node is fenced only if it is named; unfencing takes nothing")
    func fencing() throws {
        let fencing = [Transition.Fencing("n1", "reboot", cause: "peer is unclean"), .init("n2", "on")]
        let objections = try objections(fencing: fencing)
        #expect(objections.map(\.message) == ["n1 would be fenced (reboot)"])
        #expect(objections.map(\.cause) == ["peer is unclean"])
        #expect(objections.map(\.trailer) == ["Allow-Fencing: n1"])
        #expect(try self.objections(fencing: fencing, "Allow-Fencing: n1") == [])
        #expect(try self.objections(fencing: fencing, "Allow-Fencing: n2").count == 1)
    }

    @Test("what happens anyway needs no word")
    func ongoing() throws {
        let plan = try Scene(base: "primitive a Dummy", desired: "primitive a Dummy params x=1").plan()
        let ongoing = Transition(actions: [.init(.recover, "b", from: "n1", to: "n1")], fencing: [.init("n2", "reboot")])
        #expect(BystanderRule(plan: plan, forecast: Forecast(ongoing: ongoing), commit: nil).objections == [])
    }
}
