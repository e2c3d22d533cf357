import ClusterModel
import LiveState
import Presenting
import Testing

struct ForecastTextTests {
    private let forecast = Forecast(
        caused: Transition(
            actions: [
                .init(.restart, "a", from: "n1", to: "n1", cause: "resource definition change"), .init(.move, "b", from: "n1", to: "n2"),
                .init(.demote, "db", instance: "db:0", from: "n1", to: "n1", role: .promoted, nextRole: .unpromoted),
                .init(.stop, "web", instance: "web-docker-0", from: "n1", cause: "no quorum", isBlocked: true), .init(.start, "c", to: "n2"),
            ], fencing: [.init("n3", "reboot", cause: "peer is unclean")]),
        ongoing: Transition(actions: [.init(.recover, "d", from: "n1", to: "n1", cause: "it failed")]),
        averted: Transition(actions: [.init(.stop, "e", from: "n2"), .init(.restart, "b", from: "n1", to: "n1")]))

    private func lines(_ forecast: Known<Forecast>, _ style: Style = .plain) -> [String] {
        ForecastText(forecast, touched: ["a"], style: style).lines
    }

    @Test("a line each, aligned, with causes; bystanders are marked; what is not the commit's doing stands apart")
    func text() {
        #expect(
            lines(.known(forecast)).joined(separator: "\n") == """
                What Pacemaker would do
                  fence    n3            reboot                                    peer is unclean
                  restart  a             on n1                                     resource definition change
                  move     b             n1 -> n2                       bystander
                  demote   db            on n1, Promoted -> Unpromoted  bystander
                  stop     web-docker-0  on n1                          bystander  no quorum, blocked
                  start    c             on n2                          bystander
                What is under way without the commit:
                  recover  d  on n1    it failed
                What would happen without the commit, and does not with it:
                  stop  e  on n2
                """)
    }

    @Test("nothing, and what nobody can tell, are said")
    func nothing() {
        #expect(lines(.known(Forecast())) == ["What Pacemaker would do", "  nothing"])
        #expect(lines(.unknown("no\u{1B} status\n")) == ["What Pacemaker would do", "  not known: no\\u{1b} status\\n"])
    }

    @Test("no name and no cause can drive the terminal; colour changes nothing but the colour")
    func harmless() {
        var evil = forecast
        evil.caused.actions.append(.init(.stop, "\u{1B}[2J", from: "x\ny", cause: "\u{9B}m\n  stop  all"))
        let plain = lines(.known(evil))
        #expect(!plain.contains { $0.contains("\n") || $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x9B } })
        let coloured = lines(.known(evil), Style(isColoured: true)).joined(separator: "\n")
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain.joined(separator: "\n"))
    }

    @Test("the document says the same to scripts")
    func document() throws {
        let small = Forecast(caused: Transition(actions: [.init(.move, "b", from: "n1", to: "n2", cause: "x")], fencing: [.init("n3", "off")]))
        #expect(
            ForecastDocument(.known(small), touched: ["a"]).json == #"""
                {
                  "averted" : {
                    "actions" : [

                    ],
                    "fencing" : [

                    ]
                  },
                  "caused" : {
                    "actions" : [
                      {
                        "action" : "move",
                        "cause" : "x",
                        "from" : "n1",
                        "instance" : "b",
                        "isBlocked" : false,
                        "isBystander" : true,
                        "resource" : "b",
                        "to" : "n2"
                      }
                    ],
                    "fencing" : [
                      {
                        "node" : "n3",
                        "operation" : "off"
                      }
                    ]
                  },
                  "ongoing" : {
                    "actions" : [

                    ],
                    "fencing" : [

                    ]
                  }
                }
                """#)
        #expect(ForecastDocument(.unknown("no status"), touched: []).json == "{\n  \"unknown\" : \"no status\"\n}")
    }
}
