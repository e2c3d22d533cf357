import FoundationEssentials
import Host
import Records
import TestKit
import Testing

@testable import Presenting
@testable import Serving

/// In a real headless Chromium; the pictures are kept in .build/pictures for who wants to look at them.
@Suite("The page")
struct PageTests {
    private struct Look: Encodable {
        var width = 1280
        var height = 900
        var scheme = "light"
        var until: String?
        var keys: [String] = []
        var ask: [String: String] = [:]
        var picture: String?
    }

    private struct Seen: Decodable {
        enum Value: Decodable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
            case text(String)
            case number(Double)
            case truth(Bool)

            init(stringLiteral value: String) { self = .text(value) }
            init(integerLiteral value: Int) { self = .number(Double(value)) }
            init(booleanLiteral value: Bool) { self = .truth(value) }

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let truth = try? container.decode(Bool.self) {
                    self = .truth(truth)
                } else if let number = try? container.decode(Double.self) {
                    self = .number(number)
                } else {
                    self = .text(try container.decode(String.self))
                }
            }

            var text: String { if case .text(let text) = self { text } else { "" } }
        }

        let answers: [[String: Value]]
        let complaints: [String]
    }

    private static let here = "\(#filePath)".split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }

    private func see(_ place: ListenAddress, _ looks: [Look]) async throws -> Seen {
        let words = ["\(Self.here)/Browser/browser.py", "http://\(place.description)/"]
        let command = Command("/usr/bin/python3", words, input: Array(try JSONEncoder().encode(looks)), limit: .seconds(120))
        return try JSONDecoder().decode(Seen.self, from: Data(try await command.run().orThrow().bytes))
    }

    private func picture(_ name: String) throws -> String {
        let directory = Self.here.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/.build/pictures"
        try FileTree().makeDirectory(directory)
        return "\(directory)/\(name).png"
    }

    private let evil = "<img src=x onerror=alert(1)><script>alert(2)</script>\u{202E}"

    private func node(subject: String = "Add the virtual machine xps-103") throws -> Node {
        var status = NodeStatus.example
        status.commits.subject = subject
        let history = try [
            HistoryEntry.example(NodeStatus.first, subject),
            .example(
                String(repeating: "7a", count: 20), "Start xps-101 after the mail server",
                (
                    "alpha", .refused,
                    "crm/xps-101.crm:38:37: error: xps-101-After-Mail refers to \"mail-201\", and no such resource is declared\n  more"
                ), ("bravo", .refused, "the same")),
            .example(
                NodeStatus.second, "Give mail-201 more memory, and a name that is so long that it does not fit onto one line of any screen",
                ("alpha", .converged, nil), ("bravo", .converged, nil)),
            .example(
                String(repeating: "9c", count: 20), "Move mail-201 to a larger disk", ("alpha", .rolledBack, "mail-201 did not start on bravo"),
                ("bravo", .rolledBack, "as alpha says")),
            .example(String(repeating: "1d", count: 20), "Revert \"Move mail-201\"", ("alpha", .superseded, nil), ("bravo", .superseded, nil)),
            .example(String(repeating: "2b", count: 20), "The cluster as it is", ("alpha", .converged, nil), ("bravo", .converged, nil)),
        ]
        return Node(status: status, history: history, plan: PlanDocument.example())
    }

    private let isLoaded =
        "document.querySelectorAll('#history details').length >= 6 && document.querySelectorAll('#log li').length >= 4 && document.querySelectorAll('.node').length > 0"

    @Test("the page shows what the status holds: commits, stages, nodes, resources, pairs, holds, history, the log as it goes on")
    func content() async throws {
        let feed = Feed(after: LogEntry.examples)
        try await withServer(try node(), feed) { (place: ListenAddress) async throws in
            let ask = [
                "title": "document.title", "commits": "document.getElementById('commits').innerText",
                "now": "document.getElementById('now').innerText",
                "alpha": "document.querySelector('[aria-label=\"Node alpha\"]').innerText", "drbd": "document.getElementById('drbd').innerText",
                "charlie": "document.querySelector('[aria-label=\"Node charlie\"]').innerText",
                "idle": "document.querySelector('[aria-label=\"Not running\"]').innerText",
                "failures": "document.querySelector('.failures').innerText", "holds": "document.getElementById('holds').innerText",
                "history": "document.getElementById('history').innerText", "log": "document.getElementById('log').innerText",
                "pulse": "document.getElementById('pulse').innerText", "restarts": "document.getElementById('restarts').innerText",
            ]
            let telling = Task {
                try await until { feed.listeners > 0 }
                feed.post(LogEntry(time: "2026-11-30T12:00:01Z", level: .info, message: "told later", event: .performed))
            }
            let later =
                isLoaded + " && document.getElementById('log').innerText.includes('told later')"
                + " && document.getElementById('now').innerText.includes('to create')"
            let seen = try await see(place, [Look(until: later, ask: ask, picture: try picture("light"))])
            try await telling.value
            let page = seen.answers[0].mapValues(\.text)
            for (part, words) in [
                "title": ["1 resource failed", "alpha"], "commits": ["4f4f4f4f4f", "Add the virtual machine xps-103", "3e3e3e3e3e"],
                "now": ["waiting for 14 s of 10 min", "bravo has not prepared", "commit the transaction", "to create"],
                "alpha": ["has prepared 4f4f4f4f4f", "xps-101", "Promoted", "online"], "charlie": ["offline"], "idle": ["mail-201", "failed"],
                "drbd": ["Primary · UpToDate", "bravo · Connected", "Outdated", "no peer"], "failures": ["start on bravo returned 'error'"],
                "holds": ["xps-102", "is-managed", "resource-state", "false"],
                "restarts": ["xps-101", "maxmem 2048 MiB, not 4096"],
                "history": ["converged on alpha, bravo", "rolled-back", "no such resource is declared"],
                "log": ["wrote /etc/drbd.d/xps-103.res", "told later"], "pulse": ["live"],
            ] {
                for word in words { #expect(page[part]?.contains(word) == true, "\(part) lacks \"\(word)\": \(page[part] ?? "")") }
            }
            #expect(seen.complaints == [])
        }
    }

    @Test("what others have written stays text: no element comes of it, nothing runs, nothing is fetched from elsewhere")
    func inert() async throws {
        var status = NodeStatus.example
        status.commits.subject = evil
        status.cluster?.failures = [evil]
        status.cluster?.nodes[0].announcement = evil
        status.holds[0].live = evil
        status.work.steps = [evil]
        let history = try (0..<6).map { try HistoryEntry.example(String(repeating: "\($0)a", count: 20), evil, ("alpha", .failed, evil)) }
        let events = (0..<4).map { _ in LogEntry(time: "2026-11-30T12:00:00Z", level: .error, message: evil) }
        try await withServer(Node(status: status, history: history, plan: PlanDocument.example()), Feed(after: events)) {
            (place: ListenAddress) async throws in
            let ask = [
                "elements": "document.querySelectorAll('img, script:not(body > script:last-of-type), iframe, object').length",
                "shown": "document.body.innerText.split('<img src=x onerror=alert(1)>').length > 10",
                "foreign": "performance.getEntriesByType('resource').filter(e => !e.name.startsWith(location.origin)).length",
            ]
            let seen = try await see(place, [Look(until: isLoaded, ask: ask)])
            #expect(seen.answers[0] == ["elements": 0, "shown": true, "foreign": 0])
            #expect(seen.complaints == [])
        }
    }

    @Test(
        "at 360 pixels nothing is wider than the screen; in the dark the ground is dark and text stands out; headings and landmarks are in order",
        arguments: ["light", "dark"])
    func forms(_ scheme: String) async throws {
        let contrast = """
            (() => {
              const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
              const rgb = (...colours) => { canvas.clearRect(0, 0, 1, 1); for (const c of colours) { canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); } return [...canvas.getImageData(0, 0, 1, 1).data]; };
              const light = p => p.slice(0, 3).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
              let worst = 99, where = '';
              for (const e of document.querySelectorAll('body *')) {
                if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility() || e.matches('script, style, .unseen, .skip')) continue;
                const grounds = []; for (let p = e; p; p = p.parentElement) grounds.unshift(getComputedStyle(p).backgroundColor);
                const a = light(rgb(...grounds)), b = light(rgb(...grounds, getComputedStyle(e).color));
                const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
                if (ratio < worst) { worst = ratio; where = e.outerHTML.slice(0, 120); }
              }
              return worst >= 4.5 ? 'enough' : worst + ' ' + where;
            })()
            """
        let ask = [
            "overflow": "document.documentElement.scrollWidth",
            "wide":
                "[...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.matches('.unseen, .skip') && e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.log')).map(e => e.outerHTML.slice(0, 80)).join()",
            "contrast": contrast,
            "dark": "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(v => v < 40)",
            "order":
                "[...document.querySelectorAll('h1, h2, h3')].map(h => h.tagName[1]).reduce((ok, l, i, all) => ok && (i === 0 ? l === '1' : l - all[i - 1] <= 1), true)",
            "landmarks":
                "document.querySelectorAll('main').length === 1 && !!document.querySelector('[role=log][aria-live=polite]') && [...document.querySelectorAll('section')].every(s => s.ariaLabel || document.getElementById(s.getAttribute('aria-labelledby'))?.innerText)",
        ]
        try await withServer(try node(), Feed(after: LogEntry.examples)) { (place: ListenAddress) async throws in
            let open = "(() => { for (const d of document.querySelectorAll('details')) d.open = true; return true; })() && " + isLoaded
            let looks = [
                Look(width: 360, height: 780, scheme: scheme, until: isLoaded, ask: ask, picture: try picture("\(scheme)-360")),
                Look(width: 1440, height: 1000, scheme: scheme, ask: ask, picture: try picture("\(scheme)-1440")),
                Look(width: 360, height: 780, scheme: scheme, until: open, ask: ask, picture: try picture("\(scheme)-360-open")),
            ]
            let seen = try await see(place, looks)
            for (look, answers) in zip(looks, seen.answers) {
                let expected: [String: Seen.Value] = [
                    "overflow": .number(Double(look.width)), "wide": "", "contrast": "enough", "dark": .truth(scheme == "dark"), "order": true,
                    "landmarks": true,
                ]
                #expect(answers == expected)
            }
            #expect(seen.complaints == [])
        }
    }

    @Test(
        "all of it is reached by keyboard: the way past the head, each commit's details, the log; what has the focus shows it, and keeps it when news come"
    )
    func keyboard() async throws {
        let feed = Feed(after: LogEntry.examples)
        let node = try node()
        try await withServer(node, feed) { (place: ListenAddress) async throws in
            let focus = "document.activeElement.className + document.activeElement.tagName"
            let looks = [
                Look(until: isLoaded, keys: ["Tab"], ask: ["focus": focus, "outline": "getComputedStyle(document.activeElement).outlineStyle"]),
                Look(keys: ["Enter", "Tab", "Enter"], ask: ["focus": focus, "open": "document.activeElement.parentElement.open"]),
                Look(until: "(painted.clear(), show(), read(), true)", ask: ["focus": focus, "open": "document.activeElement.parentElement.open"]),
                Look(keys: Array(repeating: "Tab", count: 7), ask: ["focus": "document.activeElement.id"]),
            ]
            let seen = try await see(place, looks)
            #expect(seen.answers[0] == ["focus": "skipA", "outline": "solid"])
            #expect(seen.answers[1] == ["focus": "SUMMARY", "open": true])
            #expect(seen.answers[2] == ["focus": "SUMMARY", "open": true])
            #expect(seen.answers[3] == ["focus": "log"], "six commits, then the choice of what is shown, then the log: \(seen.answers[3])")
        }
    }

    @Test("the page needs nothing but itself and the interface")
    func selfContained() {
        let addresses = Pages.status.matches(of: /(?:src|href|url|import|fetch|ask|EventSource)\s*[=(]\s*["'`]([^"'`]*)/).map { String($0.output.1) }
        #expect(addresses.count >= 6)
        for address in addresses {
            let isOurs =
                address.hasPrefix("#") || address.hasPrefix("data:") || Route.allCases.contains { "/" + address.prefix { $0 != "?" } == $0.rawValue }
            #expect(isOurs, "\(address)")
        }
        #expect(!Pages.status.contains("innerHTML") && !Pages.status.contains("insertAdjacentHTML") && !Pages.status.contains("document.write"))
        #expect(!Pages.status.contains(/\son[a-z]+=["']/) && !Pages.status.contains(/\sstyle=["']/))
    }
}
