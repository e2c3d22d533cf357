import Diagnostics
import NodeAgent
import Notifying
import Presenting
import Testing

@Suite("The node's file says who is told of what")
struct NotificationRuleTests {
    private func read(_ text: String) throws -> NodeConfiguration { try NodeConfiguration(parsing: SourceText(path: "coxswain.yaml", text: text)) }

    @Test("commands, webhooks and code hosts; without a list of events they hear how commits end")
    func rules() throws {
        let file = try read(
            """
            repo: /srv/git/ha.git
            notify:
              - events: [converged, rolled-back]
                command: [/usr/local/bin/tell, "#ops"]
              - webhook: https://chat.example.org/hooks/x
                secret: chat
              - status: gitlab
                url: https://gitlab.example.org/api/v4/projects/7/
                token: gitlab
            """)
        #expect(file["repo"] == "/srv/git/ha.git")
        #expect(
            file.notifications.map(\.target) == [
                .command(["/usr/local/bin/tell", "#ops"]), .webhook(url: "https://chat.example.org/hooks/x", secret: "chat"),
                .status(.gitlab, url: "https://gitlab.example.org/api/v4/projects/7", token: "gitlab"),
            ])
        #expect(file.notifications[0].events == [.converged, .rolledBack])
        #expect(file.notifications[1].events.isSuperset(of: [.converged, .refused, .held]) && !file.notifications[1].events.contains(.performed))
        #expect(file.notifications.map(\.name) == ["/usr/local/bin/tell", "chat.example.org", "gitlab at gitlab.example.org"])
    }

    @Test(
        "what can't be meant is refused, with the place and what would be right",
        arguments: [
            ("notify: x", "1:9", "is no list"), ("notify:\n  - x", "2:5", "no keys"), ("notify:\n  - webhok: https://a/", "2:5", "webhok"),
            ("notify:\n  - webhook: ftp://a/", "2:14", "no address"), ("notify:\n  - webhook: https://u:p@a/", "2:14", "password"),
            ("notify:\n  - command: tell", "2:14", "no path"), ("notify:\n  - webhook: https:///x", "2:14", "does not name a host"),
            ("notify:\n  - webhook: http://127.0.0.1:999999/", "2:14", "does not name a host"),
            ("notify:\n  - webhook: \"http://[::1/\"", "2:14", "does not name a host"),
            ("notify:\n  - webhook: https://a:/", "2:14", "does not name"),
            ("notify:\n  - command: /bin/echo hello", "2:14", "[/bin/echo, hello]"),
            ("notify:\n  - command: [/a]\n    events: [convergd]", "3:13", "did you mean \"converged\""),
            ("notify:\n  - command: [/a]\n    webhook: https://a/", "2:5", "command, webhook, status"),
            ("notify:\n  - status: svn", "2:13", "github, gitea, gitlab"),
            ("notify:\n  - status: github\n    url: https://a/", "2:5", "token: NAME"),
            ("notify:\n  - webhook: https://a/\n    secret: ../x", "3:13", "name of a secret"),
        ])
    func refusals(_ text: String, _ place: String, _ words: String) {
        let error = #expect(throws: Findings.self) { _ = try read(text) }
        let said = error?.description ?? ""
        #expect(said.contains("coxswain.yaml:\(place)") && said.contains(words), "\(said)")
    }

    @Test(
        "hosts of every kind are taken",
        arguments: ["https://a", "http://127.0.0.1:8080/x?y#z", "http://[::1]:65535/", "https://ha-1.example.org?x", "http://[fe80::1%25eth0]/"])
    func addresses(_ url: String) throws {
        #expect(try read("notify:\n  - webhook: \"\(url)\"\n").notifications.map(\.target) == [.webhook(url: url, secret: nil)])
    }

    @Test("no password of an address is shown")
    func names() {
        #expect(NotificationRule(.webhook(url: "https://chat.example.org/T0/B1/secret", secret: nil)).name == "chat.example.org")
        #expect(NotificationRule(.status(.github, url: "http://git.example.org/", token: "t")).showsSecret)
        #expect(!NotificationRule(.status(.github, url: "http://127.0.0.1:3000/", token: "t")).showsSecret)
    }
}
