import Testing

@testable import Serving

@Suite("A node is asked by its own names only")
struct HostNameTests {
    private static let names = HostNames(["alpha", "Ha.Example.org."])

    @Test(
        "addresses, localhost, and names that are given",
        arguments: [
            "localhost", "LOCALHOST:9180", "127.0.0.1", "127.0.0.1:9180", "192.0.2.7:80", "[::1]", "[::1]:9180", "[2001:db8::1]:1", "alpha",
            "Alpha:9180",
            "ha.example.org", "HA.example.org.:443",
        ])
    func admitted(_ host: String) { #expect(Self.names.admit(host)) }

    @Test(
        "and no others",
        arguments: [
            "", ":", ":9180", "evil.example.com", "alpha.evil.example.com", "evil.example.com:9180", "localhost.evil.example.com",
            "127.0.0.1.evil.example.com",
            "::1", "[::1", "[::1]x", "[evil.example.com]", "127.0.0.1:x", "127.0.0.1:80:80", "2130706433", "0x7f.1", "127.1", "alpha bravo",
            "al\u{0}pha",
        ])
    func refused(_ host: String) { #expect(!Self.names.admit(host)) }

    @Test("whoever asks by another gets nothing; a push is taken, for it is signed; who asks by none is no browser")
    func rebinding() async throws {
        let node = Node()
        let secret = Array("0123456789abcdef".utf8)
        try await withServer(node, secret: secret) { (place: ListenAddress) async throws in
            for route in Route.allCases where route != .hook {
                let answer = try await ask(place, "GET", route.rawValue, [], ["Host": "evil.example.com:\(place.port)"])
                #expect(answer.code == "421" && !answer.text.contains("xps-101"), "\(route)")
                #expect(answer.headers["x-content-type-options"] == "nosniff")
            }
            #expect(try await ask(place, "GET", "/api/v1/status", [], ["Host": "localhost:\(place.port)"]).code == "200")
            let push = ["X-Gitlab-Token": "0123456789abcdef", "Host": "hooks.example.org"]
            #expect(try await ask(place, "POST", "/hooks/git", Array("{}".utf8), push).code == "202")
            #expect(node.pushes == 1)
        }
    }
}
