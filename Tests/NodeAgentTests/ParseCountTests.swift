import ClusterModel
import GitStore
import Host
import NodeAgent
import Repository
import TestKit
import Testing

@Suite("What the daemon parses when a commit comes")
struct ParseCountTests {
    private let scratch: Scratch
    private var checkout: String { scratch.path + "/repo" }

    init() throws { scratch = try Scratch() }

    private func git(_ arguments: String...) async throws -> String {
        let identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
        let command = Command(
            "git", identity + arguments, environment: ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"], directory: checkout,
            limit: .seconds(120))
        return String(try await command.run().orThrow().text.prefix { !$0.isNewline })
    }

    private func write(_ text: String, to path: String) throws { try FileTree(root: checkout).write(Array(text.utf8), to: "/" + path) }

    private func commit(in mirror: Mirror) async throws -> Commit {
        _ = try await git("add", "-A")
        _ = try await git("commit", "-q", "-m", "change")
        _ = try await mirror.fetch(limit: .seconds(120))
        return try await mirror.resolve(nil)
    }

    private static func resource(_ number: Int, port: Int = 7000) -> String {
        """
        resource r\(number) {
          device /dev/drbd\(number);
          disk /dev/vg/r\(number);
          meta-disk internal;
          on a { address 192.0.2.1:\(port + number); }
          on b { address 192.0.2.2:\(port + number); }
        }

        """
    }

    @Test("one file of 3,000, where one has changed; none, where the tree is one that it knows", .timeLimit(.minutes(5)))
    func one() async throws {
        let tree = FileTree(root: scratch.path)
        for directory in ["/repo", "/repo/crm", "/repo/drbd", "/repo/xen"] { try tree.makeDirectory(directory) }
        for number in 0..<1000 {
            try write("primitive p\(number) ocf:pacemaker:Dummy\n", to: "crm/p\(number).crm")
            try write(Self.resource(number), to: "drbd/r\(number).res")
            try write("name = 'd\(number)'\ntype = 'hvm'\nmemory = 512\n", to: "xen/d\(number).cfg")
        }
        _ = try await git("init", "-q", "-b", "main")
        let mirror = try Mirror(of: Remote(checkout), state: scratch.path + "/state")
        let reader = DesiredReader(mirror, path: nil)

        let first = try await commit(in: mirror)
        #expect(try await reader.read(first).state.declarations.count == 1000)
        #expect(await reader.parsed.parses == 3000)

        for (count, path) in ["crm/p500.crm", "drbd/r500.res", "xen/d500.cfg"].enumerated() {
            let text =
                switch count {
                case 0: "primitive p500 ocf:pacemaker:Stateful\n"
                case 1: Self.resource(500, port: 17000)
                default: "name = 'd500'\ntype = 'hvm'\nmemory = 1024\n"
                }
            try write(text, to: path)
            _ = try await reader.read(commit(in: mirror))
            #expect(await reader.parsed.parses == 3001 + count)
        }

        _ = try await git("revert", "--no-edit", "HEAD")
        try write("primitive p1000 ocf:pacemaker:Dummy\n", to: "crm/p1000.crm")
        let reverted = try await commit(in: mirror)
        #expect(try await reader.read(reverted).state.declarations.count == 1001)
        #expect(await reader.parsed.parses == 3004)
        // Four states back one version is forgotten.
        #expect(try await reader.base(first.id, in: nil)?.declarations.count == 1000)
        #expect(await reader.parsed.parses == 3005)
    }
}
